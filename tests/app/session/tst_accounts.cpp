// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/accounts.h"

#include "base/wholefile.h"
#include "platform/diskfiles.h"
#include "session/sessionmodel.h"
#include "support/fakeclock.h"
#include "support/fakefiles.h"
#include "support/misplaced.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Account named(const QString &name)
{
    Account account = anAccount();
    account.name = name;
    return account;
}

//! Accounts on a disk that the test controls.
struct OnFakeDisk {
    OnFakeDisk(const QString &path, Clock clock)
        : files(std::make_unique<FakeFiles>(disk))
        , deadlines(std::move(clock))
        , accounts(path, files, deadlines)
        , saved(&accounts, &Accounts::saved)
        , failed(&accounts, &Accounts::failed)
    {
    }

    std::shared_ptr<FakeDisk> disk = std::make_shared<FakeDisk>();
    FileQueue files;
    DeadlineQueue deadlines;
    Accounts accounts;
    QSignalSpy saved;
    QSignalSpy failed;
};

} // namespace

class TestAccounts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void missingFileIsNoAccounts();
    void accountsComeBackInTheirOrder();
    void addressesComeBackAsTheyWere_data();
    void addressesComeBackAsTheyWere();
    void foldersAreMade();
    void noAccountsComeBackAsNone();
    void onlyWhatIsKnownStandsInTheFile();
    void damagedFileIsPutAside_data();
    void damagedFileIsPutAside();
    void whatIsNoFileIsPutAside_data();
    void whatIsNoFileIsPutAside();
    void copyOfADamagedFileIsTold();
    void longestListIsReadAgain();
    void moreThanAreEverWrittenAreNotRead();
    void goodAccountsOfADamagedFileAreKept_data();
    void goodAccountsOfADamagedFileAreKept();
    void aLinkIsReadAndReplaced();
    void earlierCopyIsNotOverwritten();
    void unreadablePinIsNone();
    void keepSignedInIsTheDefault();
    void onlyTheNewestOfManyIsWritten();
    void whatIsThereIsNotWrittenAgain();
    void diskThatRefusesIsTriedAgain();
    void whatIsTakenBackIsNotTriedAgain();

private:
    [[nodiscard]] QString path(const QString &name = u"accounts.json"_s) const
    {
        return m_folder->filePath(name);
    }
    void save(const QList<Account> &accounts, const QString &name = u"accounts.json"_s);
    void write(const QByteArray &text) const;
    [[nodiscard]] QByteArray read(const QString &name = u"accounts.json"_s) const;

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAccounts::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestAccounts::save(const QList<Account> &accounts, const QString &name)
{
    FileQueue files(diskFiles());
    DeadlineQueue deadlines(m_clock.clock());
    Accounts there(path(name), files, deadlines);
    QSignalSpy saved(&there, &Accounts::saved);
    there.save(accounts);
    QVERIFY(saved.wait());
    QCOMPARE(saved.first().first().value<QList<Account>>(), accounts);
}

void TestAccounts::write(const QByteArray &text) const
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QByteArray TestAccounts::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestAccounts::missingFileIsNoAccounts()
{
    QCOMPARE(Accounts::load(path()), QList<Account>());
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestAccounts::accountsComeBackInTheirOrder()
{
    Account second = named(u"büro"_s);
    second.server = QUrl(u"http://[::1]:8080/veeam"_s);
    second.user = u"Жанна & \"co\""_s;
    second.shortLived = true;
    second.keepSignedIn = false;
    second.pin = anotherFingerprint();
    second.keptAs = u"prod-eu"_s;
    Account forgotten = named(u"a"_s);
    forgotten.isForgotten = true;
    forgotten.policy = HandOutPolicy::Never;
    forgotten.keptAs = u"prod-eu"_s; // which is no session any more
    const QList<Account> accounts{named(u"prod"_s), second, forgotten};
    save(accounts);
    QCOMPARE(Accounts::load(path()), accounts);
}

void TestAccounts::addressesComeBackAsTheyWere_data()
{
    QTest::addColumn<QString>("address");

    QTest::newRow("a port and a path") << u"https://appliance.test:8443/backup"_s;
    QTest::newRow("a blank in it") << u"https://appliance.test/my%20backup"_s;
    QTest::newRow("a bracket in it") << u"https://appliance.test/my%5Dbackup"_s;
    QTest::newRow("a per cent sign in it") << u"https://appliance.test/my%2525backup"_s;
    QTest::newRow("a host in another script") << u"https://bücher.test/ä"_s;
    QTest::newRow("IPv6") << u"https://[fe80::1]:443"_s;
}

void TestAccounts::addressesComeBackAsTheyWere()
{
    QFETCH(const QString, address);
    const auto account = Account::make(anAccount(), address);
    QVERIFY(account);
    save({*account});
    QCOMPARE(Accounts::load(path()), QList{*account});
}

void TestAccounts::foldersAreMade()
{
    save({anAccount()}, u"a/b/accounts.json"_s);
    QCOMPARE(Accounts::load(path(u"a/b/accounts.json"_s)).size(), 1);
}

void TestAccounts::noAccountsComeBackAsNone()
{
    save({});
    QCOMPARE(Accounts::load(path()).size(), 0);
    QVERIFY(!QFile::exists(path(u"accounts.json.damaged"_s)));
}

void TestAccounts::onlyWhatIsKnownStandsInTheFile()
{
    save({anAccount()});
    const QJsonObject file = QJsonDocument::fromJson(read()).object();
    QCOMPARE(file.keys(), QStringList({u"accounts"_s, u"version"_s}));
    QCOMPARE(file.value("accounts"_L1)[0].toObject().keys(),
        QStringList({u"keepSignedIn"_s, u"kind"_s, u"name"_s, u"pin"_s, u"policy"_s, u"server"_s,
            u"shortLived"_s, u"signedOut"_s, u"user"_s}));
}

void TestAccounts::damagedFileIsPutAside_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\x00\xff{{", 4);
    QTest::newRow("cut off") << QByteArray(R"({"version": 1, "accounts": [{"name": "pr)");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("no list") << QByteArray(R"({"version": 1})");
    QTest::newRow("list of another type") << QByteArray(R"({"accounts": {"a": 1}})");
}

void TestAccounts::damagedFileIsPutAside()
{
    QFETCH(const QByteArray, text);
    write(text);
    expectWarning("could not be read in full");
    QCOMPARE(Accounts::load(path()), QList<Account>());
    QVERIFY(QFile::exists(path(u"accounts.json.damaged"_s)));
    QCOMPARE(read(u"accounts.json.damaged"_s), text);
}

void TestAccounts::whatIsNoFileIsPutAside_data()
{
    misplacedRows();
    QTest::newRow("a link to a pipe") << MakeMisplaced([](const QString &path) {
        const QString pipe = path + u".pipe"_s;
        return makePipe(pipe) && QFile::link(pipe, path);
    });
}

//! load() neither waits for such a file nor copies it.
void TestAccounts::whatIsNoFileIsPutAside()
{
    QFETCH(const MakeMisplaced, make);
    QVERIFY(make(path()));
    const qint64 size = QFileInfo(path()).size();
    expectWarning("could not be read in full");
    QCOMPARE(Accounts::load(path()), QList<Account>());
    QCOMPARE(QFileInfo(path(u"accounts.json.damaged"_s)).size(), size);
    QVERIFY(!QFile::exists(path()));
    save({anAccount()});
    QCOMPARE(Accounts::load(path()).size(), 1);
}

//! Tools that manage settings make such links. A saved list replaces the link.
void TestAccounts::aLinkIsReadAndReplaced()
{
    save({anAccount()}, u"elsewhere.json"_s);
    const QByteArray theirs = read(u"elsewhere.json"_s);
    QVERIFY(QFile::link(path(u"elsewhere.json"_s), path()));
    QCOMPARE(Accounts::load(path()).size(), 1);
    save({anAccount(), named(u"other"_s)});
    QCOMPARE(Accounts::load(path()).size(), 2);
    QCOMPARE(read(u"elsewhere.json"_s), theirs);
}

void TestAccounts::copyOfADamagedFileIsTold()
{
    QString copy;
    save({anAccount()});
    QCOMPARE(Accounts::load(path(), &copy).size(), 1);
    QCOMPARE(copy, QString());
    write("nonsense");
    expectWarning("could not be read in full");
    QCOMPARE(Accounts::load(path(), &copy).size(), 0);
    QCOMPARE(copy, path(u"accounts.json.damaged"_s));
}

//! The largest number of accounts, with the characters that take the most room.
void TestAccounts::longestListIsReadAgain()
{
    Account longest = named(QString(64, u'\x4e00'));
    longest.user = u'u' + QString(254, QChar(1)) + u'u';
    longest.pin = anotherFingerprint();
    longest.isForgotten = true;
    longest.keptAs = QString(64, u'\x4e01');
    longest.keepSignedIn = false;
    const auto made = Account::make(longest, u"https://a.test/"_s + QString(2033, u'a'));
    QVERIFY(made);
    QCOMPARE(made->user.size(), 256);
    QCOMPARE(made->server.toString().size(), 2048);
    const QList<Account> accounts(Accounts::most + SessionModel::mostForgotten, *made);
    QVERIFY(Accounts::toJson(accounts).size() < longestFile);
}

//! Written again with blanks and line breaks, they might be too long.
void TestAccounts::moreThanAreEverWrittenAreNotRead()
{
    QList<Account> accounts;
    while (accounts.size() <= Accounts::most)
        accounts.append(named(QString::number(accounts.size())));
    write(Accounts::toJson(accounts));
    expectWarning("could not be read in full");
    accounts.removeLast();
    QCOMPARE(Accounts::load(path()), accounts);
}

void TestAccounts::goodAccountsOfADamagedFileAreKept_data()
{
    QTest::addColumn<QByteArray>("entry");

    QTest::newRow("no object") << QByteArray("7");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("bad address") << QByteArray(
        R"({"name": "x", "server": "http://a.test", "user": "u", "kind": "azure"})");
    QTest::newRow("unknown kind") << QByteArray(
        R"({"name": "x", "server": "a.test", "user": "u", "kind": "of magic"})");
    QTest::newRow("name taken") << QByteArray(
        R"({"name": "one", "server": "a.test", "user": "u", "kind": "azure"})");
    QTest::newRow("place taken") << QByteArray(
        R"({"name": "x", "server": "a.test", "user": "u", "kind": "azure", "keptAs": "one"})");
    QTest::newRow("no place") << QByteArray(
        R"({"name": "x", "server": "a.test", "user": "u", "kind": "azure", "keptAs": "a b"})");
}

void TestAccounts::goodAccountsOfADamagedFileAreKept()
{
    QFETCH(const QByteArray, entry);
    const QByteArray good = R"({"name": "%", "server": "a.test", "user": "u", "kind": "azure"})";
    write(R"({"accounts": [)" + QByteArray(good).replace('%', "one") + ',' + entry + ','
        + QByteArray(good).replace('%', "two") + "]}");
    expectWarning("could not be read in full");
    const QList<Account> accounts = Accounts::load(path());
    QCOMPARE(accounts.size(), 2);
    QCOMPARE(accounts.first().name, u"one"_s);
    QCOMPARE(accounts.last().name, u"two"_s);
    QCOMPARE(read(u"accounts.json.damaged"_s), read());
}

void TestAccounts::earlierCopyIsNotOverwritten()
{
    for (const char *text : {"first", "second", "third"}) {
        write(text);
        expectWarning("could not be read in full");
        QCOMPARE(Accounts::load(path()).size(), 0);
    }
    QCOMPARE(read(u"accounts.json.damaged"_s), QByteArray("first"));
    QCOMPARE(read(u"accounts.json.damaged-2"_s), QByteArray("second"));
    QCOMPARE(read(u"accounts.json.damaged-3"_s), QByteArray("third"));
}

void TestAccounts::unreadablePinIsNone()
{
    write(R"({"accounts": [{"name": "x", "server": "a.test", "user": "u", "kind": "azure",
        "pin": "AA:BB"}]})");
    QVERIFY(Accounts::load(path()).first().pin.isEmpty());
}

void TestAccounts::keepSignedInIsTheDefault()
{
    write(R"({"accounts": [{"name": "x", "server": "a.test", "user": "u", "kind": "azure"}]})");
    const Account account = Accounts::load(path()).first();
    QVERIFY(account.keepSignedIn);
    QVERIFY(!account.shortLived);
}

void TestAccounts::onlyTheNewestOfManyIsWritten()
{
    OnFakeDisk there(path(), m_clock.clock());
    there.disk->slowPath = path();
    for (const char *name : {"a", "b", "c", "d"})
        there.accounts.save({named(QString::fromLatin1(name))});
    there.disk->gate.release(10);
    QTRY_COMPARE(there.saved.count(), 2); // the first write was under way
    QCOMPARE(there.disk->calls.size(), 2);
    QCOMPARE(there.saved.last().first().value<QList<Account>>().first().name, u"d"_s);
}

void TestAccounts::whatIsThereIsNotWrittenAgain()
{
    OnFakeDisk there(path(), m_clock.clock());
    there.accounts.save({anAccount()});
    QVERIFY(there.saved.wait());
    there.accounts.save({anAccount()});
    QVERIFY(there.saved.wait()); // but saved() still follows
    QCOMPARE(there.disk->calls.size(), 1);
}

void TestAccounts::diskThatRefusesIsTriedAgain()
{
    OnFakeDisk there(path(), m_clock.clock());
    there.disk->failure = StoreError::DiskFull;
    there.accounts.save({anAccount()});
    QVERIFY(there.failed.wait());
    QCOMPARE(there.failed.first().first().value<StoreError>(), StoreError::DiskFull);
    there.disk->failure.reset();
    m_clock.advance(5s);
    there.deadlines.look();
    QVERIFY(there.saved.wait());
    QCOMPARE(there.failed.count(), 1);
}

void TestAccounts::whatIsTakenBackIsNotTriedAgain()
{
    OnFakeDisk there(path(), m_clock.clock());
    there.accounts.save({anAccount()});
    QVERIFY(there.saved.wait());
    {
        const QMutexLocker lock(&there.disk->mutex);
        there.disk->failure = StoreError::DiskFull;
    }
    there.accounts.save({named(u"other"_s)});
    QVERIFY(there.failed.wait());
    there.accounts.save({anAccount()});
    QVERIFY(there.saved.wait());
    m_clock.advance(5s);
    there.deadlines.look();
    QCOMPARE(there.disk->calls.size(), 2);
    QCOMPARE(there.disk->files.value(path()), Accounts::toJson({anAccount()}));
}

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
