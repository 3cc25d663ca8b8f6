// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainstore.h"

#include "support/fakekeychainprobe.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(latchkey::StoreError)

//! What a KeychainStore does where there is no keychain at all: the environment names a D-Bus
//! session that does not exist. What it does with one stands in tst_keychainstore_live.
class TestKeychainStore final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void isDurable();
    void asksTheProbeFirst();
    void absentKeychainIsUnavailable_data();
    void absentKeychainIsUnavailable();
    void lockedItemIsDeniedWithoutAnotherPrompt_data();
    void lockedItemIsDeniedWithoutAnotherPrompt();
    void keychainThatHoldsTheItemIsAwaited_data();
    void keychainThatHoldsTheItemIsAwaited();
    void awaitedKeychainIsToldOfOnce();
    void anotherKeychainIsNotAwaitedToWrite();
    void promptIsSharedByAllStores();
    void cancelledOperationIsNotAnswered();
    void answerOfTheProbeToNobodyIsIgnored();
    void destroyingItWhileTheKeychainWorksIsFine();

private:
    void perform(const QString &operation);

    std::shared_ptr<UnlockPrompt> m_prompt;
    std::shared_ptr<KeychainChoice> m_choice;
    std::unique_ptr<KeychainStore> m_store;
    FakeKeychainProbe *m_probe = nullptr;
};

void TestKeychainStore::init()
{
    failOnAnyWarning();
    auto probe = std::make_unique<FakeKeychainProbe>();
    m_probe = probe.get();
    m_prompt = std::make_shared<UnlockPrompt>();
    m_choice = std::make_shared<KeychainChoice>(Keychain::KWallet);
    m_store = std::make_unique<KeychainStore>(
        u"service"_s, u"key"_s, std::move(probe), m_prompt, m_choice);
}

void TestKeychainStore::perform(const QString &operation)
{
    if (operation == "load"_L1)
        m_store->load();
    else if (operation == "save"_L1)
        m_store->save(secret("record"));
    else
        m_store->erase();
}

void TestKeychainStore::isDurable()
{
    QVERIFY(m_store->isDurable());
}

void TestKeychainStore::asksTheProbeFirst()
{
    const QSignalSpy failed(m_store.get(), &SecretStore::failed);
    m_store->load();
    QCOMPARE(m_probe->asked.size(), 1);
    const auto question = m_probe->asked.first();
    QCOMPARE(question.service + u'/' + question.key, u"service/key"_s);
    QCOMPARE(question.inUse, Keychain::KWallet);
    QVERIFY(!question.awaited);
    QCOMPARE(failed.count(), 0);
}

void TestKeychainStore::absentKeychainIsUnavailable_data()
{
    QTest::addColumn<QString>("operation");

    QTest::newRow("load") << u"load"_s;
    QTest::newRow("save") << u"save"_s;
    QTest::newRow("erase") << u"erase"_s;
}

void TestKeychainStore::absentKeychainIsUnavailable()
{
    QFETCH(const QString, operation);
    QSignalSpy failed(m_store.get(), &SecretStore::failed);
    expectWarning("The keychain did not do it");
    perform(operation);
    m_probe->answer(KeychainProbe::Item::Unknown);
    QCOMPARE(failed.count(), 0);
    QVERIFY(failed.wait()); // not after minutes, as a prompt would
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Unavailable);
}

void TestKeychainStore::lockedItemIsDeniedWithoutAnotherPrompt_data()
{
    QTest::addColumn<KeychainProbe::Item>("item");

    QTest::newRow("locked") << KeychainProbe::Item::Locked;
    QTest::newRow("closed") << KeychainProbe::Item::Closed;
}

void TestKeychainStore::lockedItemIsDeniedWithoutAnotherPrompt()
{
    QFETCH(const KeychainProbe::Item, item);
    QVERIFY(m_prompt->take());
    const QSignalSpy failed(m_store.get(), &SecretStore::failed);
    m_store->load();
    m_probe->answer(item);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Denied);
}

void TestKeychainStore::keychainThatHoldsTheItemIsAwaited_data()
{
    absentKeychainIsUnavailable_data();
}

//! No job is started, by which QtKeychain would choose another keychain: it would answer later,
//! and by its own warning.
void TestKeychainStore::keychainThatHoldsTheItemIsAwaited()
{
    QFETCH(const QString, operation);
    m_choice->remember(u"key"_s, Keychain::KWallet);
    const QSignalSpy failed(m_store.get(), &SecretStore::failed);
    perform(operation);
    QCOMPARE(m_probe->asked.first().awaited, Keychains(Keychain::KWallet));
    expectWarning("KWallet does not answer yet");
    m_probe->answer(KeychainProbe::Item::Readable);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<StoreError>(), StoreError::Unavailable);
    QVERIFY(!m_choice->chosen());
    QVERIFY(m_choice->awaited(u"another"_s)); // which it is for all, until a first job
}

void TestKeychainStore::awaitedKeychainIsToldOfOnce()
{
    m_choice->remember(u"key"_s, Keychain::SecretService);
    const QSignalSpy failed(m_store.get(), &SecretStore::failed);
    expectWarning("Secret Service does not answer yet");
    for (int look = 1; look <= 3; ++look) {
        m_store->load();
        m_probe->answer(KeychainProbe::Item::Unknown);
        QCOMPARE(failed.count(), look);
    }
}

void TestKeychainStore::anotherKeychainIsNotAwaitedToWrite()
{
    m_choice->remember(u"key"_s, Keychain::SecretService);
    QSignalSpy failed(m_store.get(), &SecretStore::failed);
    m_store->save(secret("record"));
    QVERIFY(!m_probe->asked.first().awaited);
    expectWarning("The keychain did not do it");
    m_probe->answer(KeychainProbe::Item::Unknown);
    QVERIFY(failed.wait());
}

void TestKeychainStore::promptIsSharedByAllStores()
{
    UnlockPrompt prompt;
    QVERIFY(prompt.take());
    QVERIFY(!prompt.take());
    prompt.allow();
    QVERIFY(prompt.take());
    QVERIFY(!prompt.take());
}

void TestKeychainStore::cancelledOperationIsNotAnswered()
{
    const QSignalSpy failed(m_store.get(), &SecretStore::failed);
    QVERIFY(m_prompt->take());
    m_store->load();
    m_store->cancel();
    m_probe->answer(KeychainProbe::Item::Locked);
    QCOMPARE(failed.count(), 0);

    m_store->load();
    m_probe->answer(KeychainProbe::Item::Unknown);
    m_store->cancel();
    m_store->cancel();

    // The next operation is answered, and no more than that one.
    QSignalSpy failedAgain(m_store.get(), &SecretStore::failed);
    expectWarning("The keychain did not do it");
    m_store->erase();
    m_probe->answer(KeychainProbe::Item::Unknown);
    QVERIFY(failedAgain.wait());
    QCOMPARE(failed.count(), 1);
}

void TestKeychainStore::answerOfTheProbeToNobodyIsIgnored()
{
    const QSignalSpy failed(m_store.get(), &SecretStore::failed);
    m_probe->answer(KeychainProbe::Item::Locked);
    m_probe->answer(KeychainProbe::Item::Readable);
    QCOMPARE(failed.count(), 0);
    QVERIFY(m_prompt->take());
}

void TestKeychainStore::destroyingItWhileTheKeychainWorksIsFine()
{
    m_store->save(secret("record"));
    m_probe->answer(KeychainProbe::Item::Unknown);
    m_store.reset();

    init();
    QSignalSpy failed(m_store.get(), &SecretStore::failed);
    expectWarning("The keychain did not do it");
    m_store->load();
    m_probe->answer(KeychainProbe::Item::Unknown);
    QVERIFY(failed.wait());
}

QTEST_GUILESS_MAIN(TestKeychainStore)
#include "tst_keychainstore.moc"
