// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainstore.h"

#include "platform/dbuskeychainprobe.h"
#include "support/replies.h"
#include "support/warnings.h"
#include "vault/rotationjournal.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMap>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

Q_DECLARE_METATYPE(latchkey::StoreError)

namespace {

constexpr int patience = 20'000;
const QString service = u"" LATCHKEY_ID ""_s;

//! What the Secret Service answers, by way of the event loop.
QDBusMessage ask(const QString &path, const QString &interface, const QString &method,
    const QVariantList &arguments)
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    call.setArguments(arguments);
    QDBusPendingCallWatcher watcher(QDBusConnection::sessionBus().asyncCall(call, patience));
    QSignalSpy finished(&watcher, &QDBusPendingCallWatcher::finished);
    if (!watcher.isFinished())
        finished.wait(patience);
    return watcher.reply();
}

QDBusMessage askService(const QString &method, const QVariantList &arguments)
{
    return ask(
        u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, method, arguments);
}

QVariant propertyOf(const QString &path, const QString &interface, const QString &name)
{
    const QDBusMessage reply =
        ask(path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, name});
    return reply.arguments().value(0).value<QDBusVariant>().variant();
}

//! The items that our store filed under \a key.
Paths itemsOf(const QString &key)
{
    const Attributes attributes{{u"server"_s, service}, {u"user"_s, key}};
    const QDBusMessage reply = askService(u"SearchItems"_s, {QVariant::fromValue(attributes)});
    return qdbus_cast<Paths>(reply.arguments().value(0))
        + qdbus_cast<Paths>(reply.arguments().value(1));
}

bool isLocked()
{
    return propertyOf(u"/org/freedesktop/secrets/aliases/default"_s,
        u"org.freedesktop.Secret.Collection"_s, u"Locked"_s)
        .toBool();
}

bool lock()
{
    const Paths paths{QDBusObjectPath(u"/org/freedesktop/secrets/aliases/default"_s)};
    askService(u"Lock"_s, {QVariant::fromValue(paths)});
    return isLocked();
}

} // namespace

//! The store against a real gnome-keyring, which support/with-keyring.sh starts with an unlocked
//! collection in a D-Bus session of its own. It has no prompter: nobody can unlock it again.
class TestKeychainStoreLive final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_choice.reset(); }

    void secretsComeBack_data();
    void secretsComeBack();
    void missingItemIsEmpty();
    void savingOverwrites();
    void erasingTakesTheItemAway();
    void erasingNothingIsFine();
    void itemsOfTwoKeysAreTwo();
    void itemBearsOurName();
    void newOperationReplacesTheOneBefore();
    void cancelledOperationIsNotAnswered();
    void journalRecordsInIt();
    void probeTellsReadableFromAbsent();
    void keychainThatHoldsTheItemIsLearnt();
    void missingItemOfAnotherKeychainIsNotNone();
    void itemThatRestsInTheHolderIsNotNone();
    void itemOfAnotherKeychainIsNotErased();

    // From here on the keychain is locked.
    void probeTellsLocked();
    void lockedKeychainIsDenied_data();
    void lockedKeychainIsDenied();
    void promptIsNotShownTwice();

private:
    [[nodiscard]] std::unique_ptr<KeychainStore> storeOf(const QString &key);
    [[nodiscard]] bool save(const QString &key, const Secret &secret);
    [[nodiscard]] std::optional<Secret> load(const QString &key);
    [[nodiscard]] bool erase(const QString &key);
    [[nodiscard]] KeychainProbe::Finding probe(const QString &key);

    std::shared_ptr<UnlockPrompt> m_prompt;
    std::shared_ptr<KeychainChoice> m_choice;
};

void TestKeychainStoreLive::initTestCase()
{
    qDBusRegisterMetaType<Attributes>();
    QVERIFY2(QDBusConnection::sessionBus().isConnected(), "run it by support/with-keyring.sh");
    QVERIFY2(QDBusConnection::sessionBus().interface()->isServiceRegistered(
                 u"org.freedesktop.secrets"_s),
        "run it by support/with-keyring.sh");
    QVERIFY2(!isLocked(), "the keyring's default collection is locked");
}

void TestKeychainStoreLive::init()
{
    failOnAnyWarning();
    m_prompt = std::make_shared<UnlockPrompt>();
    m_choice = std::make_shared<KeychainChoice>(Keychain::SecretService);
}

std::unique_ptr<KeychainStore> TestKeychainStoreLive::storeOf(const QString &key)
{
    return std::make_unique<KeychainStore>(
        service, key, std::make_unique<DBusKeychainProbe>(), m_prompt, m_choice);
}

bool TestKeychainStoreLive::save(const QString &key, const Secret &secret)
{
    const auto store = storeOf(key);
    QSignalSpy saved(store.get(), &SecretStore::saved);
    store->save(secret);
    return saved.wait(patience);
}

std::optional<Secret> TestKeychainStoreLive::load(const QString &key)
{
    const auto store = storeOf(key);
    std::optional<Secret> content;
    connect(
        store.get(), &SecretStore::loaded, this, [&](const Secret &secret) { content = secret; });
    QSignalSpy loaded(store.get(), &SecretStore::loaded);
    store->load();
    loaded.wait(patience);
    return content;
}

bool TestKeychainStoreLive::erase(const QString &key)
{
    const auto store = storeOf(key);
    QSignalSpy erased(store.get(), &SecretStore::erased);
    store->erase();
    return erased.wait(patience);
}

KeychainProbe::Finding TestKeychainStoreLive::probe(const QString &key)
{
    DBusKeychainProbe probe;
    QSignalSpy probed(&probe, &KeychainProbe::probed);
    KeychainProbe::Finding finding;
    connect(&probe, &KeychainProbe::probed, this,
        [&](const KeychainProbe::Finding &told) { finding = told; });
    probe.probe({service, key, {}, Keychain::SecretService});
    probed.wait(patience);
    return finding;
}

void TestKeychainStoreLive::secretsComeBack_data()
{
    QTest::addColumn<QByteArray>("content");

    QTest::newRow("plain") << QByteArray("record");
    QTest::newRow("non-ASCII") << u"p+a ss&w=ö%25 ключ \U0001F511"_s.toUtf8();
    QTest::newRow("JSON with line breaks") << QByteArray("{\n\t\"a\": \"b\\\"\"\r\n}\n");
    QTest::newRow("8 KiB") << QByteArray(8192, 'x');
    QTest::newRow("64 KiB") << QByteArray(65536, 'y');
}

void TestKeychainStoreLive::secretsComeBack()
{
    QFETCH(const QByteArray, content);
    QVERIFY(save(u"comes-back"_s, Secret::fromBytes(content)));
    const auto loaded = load(u"comes-back"_s);
    QVERIFY(loaded);
    QCOMPARE(loaded->bytes().toByteArray(), content);
}

void TestKeychainStoreLive::missingItemIsEmpty()
{
    const auto loaded = load(u"missing"_s);
    QVERIFY(loaded);
    QVERIFY(loaded->isEmpty());
}

void TestKeychainStoreLive::savingOverwrites()
{
    QVERIFY(save(u"overwritten"_s, secret("a much longer first record")));
    QVERIFY(save(u"overwritten"_s, secret("second")));
    QVERIFY(load(u"overwritten"_s) == secret("second"));
    QCOMPARE(itemsOf(u"overwritten"_s).size(), 1);
}

void TestKeychainStoreLive::erasingTakesTheItemAway()
{
    QVERIFY(save(u"erased"_s, secret("record")));
    QCOMPARE(itemsOf(u"erased"_s).size(), 1);
    QVERIFY(erase(u"erased"_s));
    QCOMPARE(itemsOf(u"erased"_s).size(), 0);
    QVERIFY(load(u"erased"_s)->isEmpty());
}

void TestKeychainStoreLive::erasingNothingIsFine()
{
    QVERIFY(erase(u"never-was"_s));
}

void TestKeychainStoreLive::itemsOfTwoKeysAreTwo()
{
    QVERIFY(save(u"first"_s, secret("one")));
    QVERIFY(save(u"second"_s, secret("two")));
    QVERIFY(load(u"first"_s) == secret("one"));
    QVERIFY(load(u"second"_s) == secret("two"));
}

void TestKeychainStoreLive::itemBearsOurName()
{
    QVERIFY(save(u"operator @ appliance"_s, secret("record")));
    const Paths items = itemsOf(u"operator @ appliance"_s);
    QCOMPARE(items.size(), 1);
    QCOMPARE(service, u"io.github.latchkey.Latchkey"_s);
    const QString label =
        propertyOf(items.first().path(), u"org.freedesktop.Secret.Item"_s, u"Label"_s).toString();
    QVERIFY2(label.contains("Latchkey"_L1), qPrintable(label));
}

void TestKeychainStoreLive::newOperationReplacesTheOneBefore()
{
    const auto store = storeOf(u"replaced"_s);
    const QSignalSpy loaded(store.get(), &SecretStore::loaded);
    QSignalSpy saved(store.get(), &SecretStore::saved);
    store->load();
    store->save(secret("record"));
    QVERIFY(saved.wait(patience));
    QCOMPARE(loaded.count(), 0);
}

void TestKeychainStoreLive::cancelledOperationIsNotAnswered()
{
    const auto store = storeOf(u"cancelled"_s);
    const QSignalSpy loaded(store.get(), &SecretStore::loaded);
    const QSignalSpy failed(store.get(), &SecretStore::failed);
    store->load();
    store->cancel();
    // Whatever was under way has ended when a later one has.
    QVERIFY(load(u"cancelled"_s));
    QCOMPARE(loaded.count(), 0);
    QCOMPARE(failed.count(), 0);
}

void TestKeychainStoreLive::journalRecordsInIt()
{
    const Secret big = Secret::fromBytes(QByteArray(2 * 8192, 'x')); // two tokens of 8 KiB
    RotationJournal journal(storeOf(u"journal"_s), storeOf(u"journal/2"_s));
    QSignalSpy recorded(&journal, &RotationJournal::recorded);
    for (const Secret &record : {secret("one"), secret("two"), big}) {
        journal.record(record);
        QVERIFY(recorded.wait(patience));
    }
    Secret restored;
    connect(&journal, &RotationJournal::restored, this,
        [&](const Secret &record) { restored = record; });
    journal.restore(); // which reads both slots again, once the older one is forgotten
    QTRY_VERIFY_WITH_TIMEOUT(restored == big, patience);
    QVERIFY(load(u"journal/2"_s).value_or(Secret()).isEmpty());
}

void TestKeychainStoreLive::probeTellsReadableFromAbsent()
{
    QVERIFY(save(u"probed"_s, secret("record")));
    QCOMPARE(probe(u"probed"_s).item, KeychainProbe::Item::Readable);
    QCOMPARE(probe(u"probed"_s).holders, Keychains(Keychain::SecretService));
    QCOMPARE(probe(u"never-was"_s).item, KeychainProbe::Item::Readable);
    QVERIFY(!probe(u"never-was"_s).holders);
}

void TestKeychainStoreLive::keychainThatHoldsTheItemIsLearnt()
{
    QString account;
    connect(m_choice.get(), &KeychainChoice::found, this,
        [&](const QString &name, Keychain) { account = name; });
    QVERIFY(load(u"missing"_s));
    QVERIFY(account.isEmpty());
    QVERIFY(save(u"learnt/2"_s, secret("record")));
    QVERIFY(load(u"learnt/2"_s) == secret("record"));
    QCOMPARE(account, u"learnt"_s);
    QCOMPARE(m_choice->holderOf(u"learnt"_s), Keychain::SecretService);
}

//! A probe as of a desktop where both keychains answer, though QtKeychain here uses the one.
class ProbeBeside final : public KeychainProbe {
    Q_OBJECT
public:
    explicit ProbeBeside(Keychains holders)
        : m_holders(holders)
    {
    }
    void probe(const Question &) override
    {
        const Keychains both = Keychains(Keychain::SecretService) | Keychain::KWallet;
        const Finding finding{Item::Readable, both, m_holders, {}};
        QMetaObject::invokeMethod(
            this, [this, finding] { Q_EMIT probed(finding); }, Qt::QueuedConnection);
    }

private:
    Keychains m_holders;
};

void TestKeychainStoreLive::missingItemOfAnotherKeychainIsNotNone()
{
    m_choice->remember(u"moved"_s, Keychain::KWallet);
    KeychainStore store(
        service, u"moved"_s, std::make_unique<ProbeBeside>(Keychains()), m_prompt, m_choice);
    QSignalSpy failed(&store, &SecretStore::failed);
    expectWarning("moved rests in KWallet, but another keychain is in use now");
    store.load();
    QVERIFY(failed.wait(patience));
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Unavailable);
    store.load(); // told once
    QVERIFY(failed.wait(patience));
}

void TestKeychainStoreLive::itemThatRestsInTheHolderIsNotNone()
{
    m_choice = std::make_shared<KeychainChoice>(Keychain::KWallet); // which one it uses is unknown
    m_choice->remember(u"moved"_s, Keychain::KWallet);
    KeychainStore store(
        service, u"moved"_s, std::make_unique<ProbeBeside>(Keychain::KWallet), m_prompt, m_choice);
    QSignalSpy failed(&store, &SecretStore::failed);
    expectWarning("moved rests in KWallet");
    store.load();
    QVERIFY(failed.wait(patience));
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Unavailable);
}

void TestKeychainStoreLive::itemOfAnotherKeychainIsNotErased()
{
    m_choice->remember(u"moved"_s, Keychain::KWallet);
    KeychainStore store(
        service, u"moved"_s, std::make_unique<ProbeBeside>(Keychain::KWallet), m_prompt, m_choice);
    QSignalSpy failed(&store, &SecretStore::failed);
    expectWarning("moved stays in KWallet");
    store.erase();
    QVERIFY(failed.wait(patience));
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Unavailable);
}

void TestKeychainStoreLive::probeTellsLocked()
{
    QVERIFY(lock());
    QCOMPARE(probe(u"probed"_s).item, KeychainProbe::Item::Locked);
    QCOMPARE(probe(u"probed"_s).holders, Keychains(Keychain::SecretService));
}

void TestKeychainStoreLive::lockedKeychainIsDenied_data()
{
    QTest::addColumn<QString>("operation");

    QTest::newRow("load") << u"load"_s;
    QTest::newRow("save") << u"save"_s;
    QTest::newRow("erase") << u"erase"_s;
}

void TestKeychainStoreLive::lockedKeychainIsDenied()
{
    QFETCH(const QString, operation);
    QVERIFY(isLocked());
    const auto store = storeOf(u"probed"_s);
    const QSignalSpy loaded(store.get(), &SecretStore::loaded);
    const QSignalSpy erased(store.get(), &SecretStore::erased);
    QSignalSpy failed(store.get(), &SecretStore::failed);
    expectWarning("The keychain did not do it");
    if (operation == "load"_L1)
        store->load();
    else if (operation == "save"_L1)
        store->save(secret("another"));
    else
        store->erase();
    QTRY_VERIFY_WITH_TIMEOUT(failed.count() + erased.count() > 0, patience);
    QCOMPARE(erased.count(), 0);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Denied);
    QCOMPARE(loaded.count(), 0);
}

void TestKeychainStoreLive::promptIsNotShownTwice()
{
    QVERIFY(m_prompt->take());
    const auto store = storeOf(u"probed"_s);
    QSignalSpy failed(store.get(), &SecretStore::failed);
    store->load();
    QVERIFY(failed.wait(patience));
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Denied);
}

QTEST_GUILESS_MAIN(TestKeychainStoreLive)
#include "tst_keychainstore_live.moc"
