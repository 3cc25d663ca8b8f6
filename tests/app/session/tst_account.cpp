// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/account.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(latchkey::AccountProblem)

class TestAccount final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void addressesAreCompleted_data();
    void addressesAreCompleted();
    void addressesAreRefused_data();
    void addressesAreRefused();
    void accountIsMadeOfADraft();
    void draftsAreRefused_data();
    void draftsAreRefused();
    void namesAreTaken_data();
    void namesAreTaken();
    void sameUserIsServerUserAndKind_data();
    void sameUserIsServerUserAndKind();
};

void TestAccount::addressesAreCompleted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *text, const char *url) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(url);
    };

    row("backup.test", "https://backup.test");
    row("backup.test/", "https://backup.test");
    row("  backup.test \n", "https://backup.test");
    row("https://backup.test", "https://backup.test");
    row("HTTPS://Backup.TEST", "https://backup.test");
    row("https://backup.test/", "https://backup.test");
    row("backup.test:8443", "https://backup.test:8443");
    row("backup.test/veeam/", "https://backup.test/veeam");
    row("backup.test/veeam//", "https://backup.test/veeam");
    row("51.11.247.127", "https://51.11.247.127");
    row("[2001:db8::1]:8443", "https://[2001:db8::1]:8443");
    row("localhost", "https://localhost");
    row("http://localhost", "http://localhost");
    row("http://LOCALHOST:8080", "http://localhost:8080");
    row("http://127.0.0.1:8080/x/", "http://127.0.0.1:8080/x");
    row("http://127.8.9.10", "http://127.8.9.10");
    row("http://[::1]:8080", "http://[::1]:8080");
}

void TestAccount::addressesAreCompleted()
{
    QFETCH(const QString, text);
    QFETCH(const QString, url);
    const auto server = Account::serverFrom(text);
    QVERIFY(server.isOk());
    QCOMPARE(server->toString(), url);
}

void TestAccount::addressesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AccountProblem>("problem");
    using Problem = AccountProblem;
    const auto row = [](const char *text, Problem problem) {
        QTest::addRow("\"%s\"", text) << QString::fromUtf8(text) << problem;
    };

    row("", Problem::ServerMissing);
    row(" \t ", Problem::ServerMissing);
    row("https://", Problem::ServerInvalid);
    const QString marks = u"\u0301\u0323"_s; // QUrl sorts them, which takes long
    QTest::newRow("many marks") << u'a' + marks.repeated(500) << Problem::ServerInvalid;
    QTest::newRow("more marks") << u'a' + marks.repeated(15'000) << Problem::ServerTooLong;
    row("https:///path", Problem::ServerInvalid);
    row("://backup.test", Problem::ServerInvalid);
    row("ftp://backup.test", Problem::ServerInvalid);
    row("file:///etc/passwd", Problem::ServerInvalid);
    row("javascript:alert(1)", Problem::ServerInvalid);
    row("backup.test?a=b", Problem::ServerInvalid);
    row("backup.test#part", Problem::ServerInvalid);
    row("user@backup.test", Problem::ServerInvalid);
    row("https://user:secret@backup.test", Problem::ServerInvalid);
    row("backup test", Problem::ServerInvalid);
    row("backup.test:99999", Problem::ServerInvalid);
    row("backup.test:port", Problem::ServerInvalid);
    row("backup.test/a b", Problem::ServerInvalid);
    row("https://a%zz", Problem::ServerInvalid);
    row("[fe80::1%25eth0\360\237\230\200]:443",
        Problem::ServerInvalid); // is not read as it is written
    QTest::newRow("too long") << u"backup.test/"_s + QString(2048, u'a') << Problem::ServerTooLong;
    QTest::newRow("too long as it is sent")
        << u"backup.test/"_s + QString(1000, u'ä') << Problem::ServerTooLong;
    QTest::newRow("half a character")
        << u"backup.test/"_s + QChar(0xdc00) << Problem::ServerInvalid;
    row("http://backup.test", Problem::ServerInsecure);
    row("http://10.0.0.1", Problem::ServerInsecure);
    row("HTTP://backup.test", Problem::ServerInsecure);
    row("http://localhost.backup.test", Problem::ServerInsecure);
    row("http://127.0.0.1.backup.test", Problem::ServerInsecure);
    row("http://128.0.0.1", Problem::ServerInsecure);
    row("http://[2001:db8::1]", Problem::ServerInsecure);
    row("http://0.0.0.0", Problem::ServerInsecure);
}

void TestAccount::addressesAreRefused()
{
    QFETCH(const QString, text);
    QFETCH(const AccountProblem, problem);
    const auto server = Account::serverFrom(text);
    QVERIFY2(!server, server ? qPrintable(server->toString()) : "");
    QCOMPARE(server.error(), problem);
}

void TestAccount::accountIsMadeOfADraft()
{
    Account draft = anAccount();
    draft.name = u" prod-eu "_s;
    draft.user = u' ' + QString(256, u'u') + u' ';
    draft.shortLived = true;
    draft.keepSignedIn = false;
    draft.pin = anotherFingerprint();
    draft.server = QUrl(u"https://ignored.test"_s);
    const auto account = Account::make(draft, u"backup.test/"_s);
    QVERIFY(account.isOk());
    QCOMPARE(account->name, u"prod-eu"_s);
    QCOMPARE(account->user, QString(256, u'u'));
    QCOMPARE(account->server, QUrl(u"https://backup.test"_s));
    QCOMPARE(account->kind, u"azure"_s);
    QVERIFY(account->shortLived);
    QVERIFY(!account->keepSignedIn);
    QVERIFY(account->pin == anotherFingerprint());
}

void TestAccount::draftsAreRefused_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<AccountProblem>("problem");
    using Problem = AccountProblem;
    const auto row = [](const char *what, const QString &server, const QString &user,
                         const QString &name, const QString &kind, Problem problem) {
        QTest::newRow(what) << server << user << name << kind << problem;
    };

    row("nothing", {}, {}, {}, {}, Problem::ServerMissing);
    row("insecure", u"http://a.test"_s, u"u"_s, u"n"_s, u"azure"_s, Problem::ServerInsecure);
    row("no user", u"a.test"_s, u" "_s, u"n"_s, u"azure"_s, Problem::UserMissing);
    row("257 characters", u"a.test"_s, QString(257, u'u'), u"n"_s, u"azure"_s,
        Problem::UserTooLong);
    row("no name", u"a.test"_s, u"u"_s, u" "_s, u"azure"_s, Problem::NameMissing);
    row("white space", u"a.test"_s, u"u"_s, u"a b"_s, u"azure"_s, Problem::NameInvalid);
    row("tab", u"a.test"_s, u"u"_s, u"a\tb"_s, u"azure"_s, Problem::NameInvalid);
    row("slash", u"a.test"_s, u"u"_s, u"a/b"_s, u"azure"_s, Problem::NameInvalid);
    row("backslash", u"a.test"_s, u"u"_s, u"a\\b"_s, u"azure"_s, Problem::NameInvalid);
    row("leading dash", u"a.test"_s, u"u"_s, u"-a"_s, u"azure"_s, Problem::NameInvalid);
    row("control character", u"a.test"_s, u"u"_s, u"a\u0001"_s, u"azure"_s, Problem::NameInvalid);
    row("65 characters", u"a.test"_s, u"u"_s, QString(65, u'a'), u"azure"_s, Problem::NameInvalid);
    row("no id of a kind", u"a.test"_s, u"u"_s, u"n"_s, u"../azure"_s, Problem::KindUnknown);
    row("no kind", u"a.test"_s, u"u"_s, u"n"_s, {}, Problem::KindUnknown);
}

void TestAccount::draftsAreRefused()
{
    QFETCH(const QString, server);
    QFETCH(const QString, user);
    QFETCH(const QString, name);
    QFETCH(const QString, kind);
    QFETCH(const AccountProblem, problem);
    Account draft;
    draft.name = name;
    draft.user = user;
    draft.kind = kind;
    const auto account = Account::make(draft, server);
    QVERIFY(!account);
    QCOMPARE(account.error(), problem);
}

void TestAccount::namesAreTaken_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("short") << u"a"_s;
    QTest::newRow("64 characters") << QString(64, u'a');
    QTest::newRow("signs") << u"prod-eu_1.2@x:y"_s;
    QTest::newRow("umlauts") << u"Büro-Zürich"_s;
}

void TestAccount::namesAreTaken()
{
    QFETCH(const QString, name);
    Account draft = anAccount();
    draft.name = name;
    const auto account = Account::make(draft, u"a.test"_s);
    QVERIFY(account.isOk());
    QCOMPARE(account->name, name);
}

void TestAccount::sameUserIsServerUserAndKind_data()
{
    QTest::addColumn<Account>("other");
    QTest::addColumn<bool>("isSame");
    const auto row = [](const char *name, bool isSame, auto change) {
        Account other = anAccount();
        change(other);
        QTest::newRow(name) << other << isSame;
    };

    row("equal", true, [](Account &) { });
    row("another name", true, [](Account &a) { a.name = u"x"_s; });
    row("another pin", true, [](Account &a) { a.pin = anotherFingerprint(); });
    row("another keeping", true, [](Account &a) { a.keepSignedIn = false; });
    row("another server", false, [](Account &a) { a.server = QUrl(u"https://b.test"_s); });
    row("another user", false, [](Account &a) { a.user = u"x"_s; });
    row("another kind", false, [](Account &a) { a.kind = u"x"_s; });
}

void TestAccount::sameUserIsServerUserAndKind()
{
    QFETCH(const Account, other);
    QFETCH(const bool, isSame);
    QCOMPARE(anAccount().isSameUser(other), isSame);
    QCOMPARE(other.isSameUser(anAccount()), isSame);
}

QTEST_GUILESS_MAIN(TestAccount)
#include "tst_account.moc"
