// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/dbuskeychainprobe.h"

#include "support/warnings.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Item = KeychainProbe::Item;

namespace {

constexpr int patience = 20'000;
constexpr Keychains both = Keychains(Keychain::SecretService) | Keychain::KWallet;
const QString folder = u"" LATCHKEY_ID ""_s;

//! As much of KDE's wallet as can be asked without unlocking it, on a connection of its own.
class FakeKWallet final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")
public:
    explicit FakeKWallet(const QString &name = u"kwalletd5"_s)
        : m_name(name)
        , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"wallet"_s))
    {
        m_bus.registerObject(u"/modules/"_s + name, this, QDBusConnection::ExportAllSlots);
        m_bus.registerService(u"org.kde."_s + name);
    }
    ~FakeKWallet() override
    {
        m_bus.unregisterService(u"org.kde."_s + m_name);
        QDBusConnection::disconnectFromBus(u"wallet"_s);
    }
    Q_DISABLE_COPY_MOVE(FakeKWallet)

    bool isUnlocked = true;
    QSet<QString> keys;

public Q_SLOTS:
    QString networkWallet() { return u"kdewallet"_s; }
    bool isOpen(const QString &wallet) { return isUnlocked && wallet == "kdewallet"_L1; }
    bool keyDoesNotExist(const QString &wallet, const QString &place, const QString &key)
    {
        return wallet != "kdewallet"_L1 || place != folder || !keys.contains(key);
    }

private:
    QString m_name;
    QDBusConnection m_bus;
};

void setDesktop(const QByteArray &name, const QByteArray &version = {})
{
    qputenv("XDG_CURRENT_DESKTOP", name);
    qputenv("KDE_SESSION_VERSION", version);
}

} // namespace

//! Beside a real gnome-keyring, with a wallet that comes and goes. What the probe tells of items in
//! the keyring stands in tst_keychainstore_live.
class TestDBusKeychainProbe final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void theDesktopTellsWhichIsPreferred_data();
    void theDesktopTellsWhichIsPreferred();
    void theSecretServiceNamesItsProgram();
    void aWalletThatIsNotWantedIsNotAsked();
    void anAbsentWalletLeavesTheSecretService();
    void aWalletTellsItsStateAndItems_data();
    void aWalletTellsItsStateAndItems();
    void aHolderIsToldThoughAnotherIsInUse();
    void onlyWhatIsAwaitedIsStarted();
    void aNewProbeReplacesTheOneBefore();

private:
    KeychainProbe::Finding probe(Keychain inUse, Keychains awaited = {});
};

void TestDBusKeychainProbe::initTestCase()
{
    QVERIFY2(QDBusConnection::sessionBus().interface()->isServiceRegistered(
                 u"org.freedesktop.secrets"_s),
        "run it by support/with-keyring.sh");
}

void TestDBusKeychainProbe::init()
{
    failOnAnyWarning();
    setDesktop("KDE", "5");
}

KeychainProbe::Finding TestDBusKeychainProbe::probe(Keychain inUse, Keychains awaited)
{
    DBusKeychainProbe probe;
    std::optional<KeychainProbe::Finding> found;
    connect(&probe, &KeychainProbe::probed, this,
        [&](const KeychainProbe::Finding &finding) { found = finding; });
    probe.probe({folder, u"prod"_s, awaited, inUse, true});
    if (!QTest::qWaitFor([&] { return found.has_value(); }, patience))
        qWarning() << "The probe did not answer";
    return found.value_or(KeychainProbe::Finding());
}

void TestDBusKeychainProbe::theDesktopTellsWhichIsPreferred_data()
{
    QTest::addColumn<QByteArray>("current");
    QTest::addColumn<QByteArray>("session");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isKWallet");
    using Bytes = QByteArray;
    QTest::newRow("GNOME") << Bytes("GNOME") << Bytes("gnome") << Bytes() << false;
    QTest::newRow("none") << Bytes() << Bytes() << Bytes() << false;
    QTest::newRow("KDE") << Bytes("KDE") << Bytes("plasma") << Bytes("5") << true;
    QTest::newRow("KDE by its session") << Bytes() << Bytes("kde") << Bytes("5") << true;
    QTest::newRow("old KDE") << Bytes("KDE") << Bytes() << Bytes("3") << false;
    QTest::newRow("XFCE beside") << Bytes() << Bytes("xfce") << Bytes("5") << false;
    QTest::newRow("GNOME in a KDE shell") << Bytes("GNOME") << Bytes("kde") << Bytes("5") << false;
}

void TestDBusKeychainProbe::theDesktopTellsWhichIsPreferred()
{
    QFETCH(const QByteArray, current);
    QFETCH(const QByteArray, session);
    QFETCH(const QByteArray, version);
    QFETCH(const bool, isKWallet);
    setDesktop(current, version);
    qputenv("DESKTOP_SESSION", session);
    QCOMPARE(preferredKeychain() == Keychain::KWallet, isKWallet);
    qputenv("DESKTOP_SESSION", "");
}

void TestDBusKeychainProbe::theSecretServiceNamesItsProgram()
{
    const auto finding = probe(Keychain::SecretService);
    QCOMPARE(finding.answering, Keychains(Keychain::SecretService));
    QCOMPARE(finding.item, Item::Readable);
    QCOMPARE(finding.program, u"gnome-keyring"_s);
    QVERIFY(!finding.holders);
}

void TestDBusKeychainProbe::aWalletThatIsNotWantedIsNotAsked()
{
    FakeKWallet wallet;
    wallet.keys.insert(u"prod"_s);
    const auto finding = probe(Keychain::SecretService);
    QCOMPARE(finding.answering, Keychains(Keychain::SecretService));
    QVERIFY(!finding.holders);
}

void TestDBusKeychainProbe::anAbsentWalletLeavesTheSecretService()
{
    const auto finding = probe(Keychain::KWallet, Keychain::KWallet);
    QCOMPARE(finding.answering, Keychains(Keychain::SecretService));
    QCOMPARE(finding.item, Item::Readable);
}

void TestDBusKeychainProbe::aWalletTellsItsStateAndItems_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isUnlocked");
    QTest::addColumn<bool>("hasItem");
    QTest::newRow("open") << QByteArray("5") << true << true;
    QTest::newRow("closed") << QByteArray("5") << false << true;
    QTest::newRow("empty") << QByteArray("5") << true << false;
    QTest::newRow("Plasma 6") << QByteArray("6") << true << true;
}

void TestDBusKeychainProbe::aWalletTellsItsStateAndItems()
{
    QFETCH(const QByteArray, version);
    QFETCH(const bool, isUnlocked);
    QFETCH(const bool, hasItem);
    setDesktop("KDE", version);
    FakeKWallet wallet(u"kwalletd"_s + QString::fromLatin1(version));
    wallet.isUnlocked = isUnlocked;
    if (hasItem)
        wallet.keys.insert(u"prod"_s);
    const auto finding = probe(Keychain::KWallet);
    QCOMPARE(finding.answering, both);
    QCOMPARE(finding.item, isUnlocked ? Item::Readable : Item::Closed);
    QCOMPARE(finding.holders, hasItem ? Keychains(Keychain::KWallet) : Keychains());
    QVERIFY(finding.program.isEmpty());
}

void TestDBusKeychainProbe::aHolderIsToldThoughAnotherIsInUse()
{
    FakeKWallet wallet;
    wallet.isUnlocked = false;
    wallet.keys.insert(u"prod"_s);
    const auto finding = probe(Keychain::SecretService, Keychain::KWallet);
    QCOMPARE(finding.holders, Keychains(Keychain::KWallet));
    QCOMPARE(finding.item, Item::Readable);
}

//! A service file whose program leaves a mark, and never takes the name.
void TestDBusKeychainProbe::onlyWhatIsAwaitedIsStarted()
{
    const QString services = qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/dbus-1/services"_s;
    QVERIFY(QDir().mkpath(services));
    const QString mark = qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/started"_s;
    QFile file(services + u"/org.kde.kwalletd5.service"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[D-BUS Service]\nName=org.kde.kwalletd5\nExec=/bin/sh -c \"mkdir " + mark.toUtf8()
        + "; exit 1\"\n");
    file.close();
    QDBusConnection::sessionBus().interface()->call(u"ReloadConfig"_s);

    probe(Keychain::KWallet);
    probe(Keychain::SecretService);
    QVERIFY(!QFile::exists(mark));
    probe(Keychain::KWallet, Keychain::KWallet);
    QVERIFY(QFile::exists(mark));
    QVERIFY(file.remove());
}

void TestDBusKeychainProbe::aNewProbeReplacesTheOneBefore()
{
    DBusKeychainProbe probe;
    int answers = 0;
    connect(&probe, &KeychainProbe::probed, this, [&] { ++answers; });
    probe.probe({folder, u"one"_s, {}, Keychain::KWallet});
    probe.probe({folder, u"two"_s, {}, Keychain::SecretService});
    QTRY_COMPARE_WITH_TIMEOUT(answers, 1, patience);
    // Whatever was under way has ended when a later one has.
    this->probe(Keychain::SecretService);
    QCOMPARE(answers, 1);
}

QTEST_GUILESS_MAIN(TestDBusKeychainProbe)
#include "tst_dbuskeychainprobe.moc"
