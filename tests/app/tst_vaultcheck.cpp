// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/vaultcheck.h"

#include "support/fakeclock.h"
#include "support/fakekeychainprobe.h"
#include "support/fakesecretstore.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Item = KeychainProbe::Item;
using State = VaultReport::State;

const QString key = u"/check-1"_s;

} // namespace

class TestVaultCheck final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_check.reset(); }

    void anItemMakesTheRound();
    void aLockedKeychainIsNotTried_data();
    void aLockedKeychainIsNotTried();
    void anAbsentKeychainIsNotTried();
    void theHolderOfSessionsIsAwaited();
    void theKeychainInUseIsNamed_data();
    void theKeychainInUseIsNamed();
    void aStoreThatFailsIsTold_data();
    void aStoreThatFailsIsTold();
    void aStoreThatLiesIsTold();
    void theDeadlineIsKept();
    void whatIsLeftBehindIsErased();
    void aLateAnswerOfTheProbeStartsNothing();

private:
    void check();

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::shared_ptr<FakeVault> m_vault;
    std::shared_ptr<KeychainChoice> m_choice;
    FakeKeychainProbe *m_probe = nullptr;
    std::unique_ptr<VaultCheck> m_check;
    QList<VaultReport> m_reports;
};

void TestVaultCheck::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_vault = std::make_shared<FakeVault>();
    m_choice = std::make_shared<KeychainChoice>(Keychain::SecretService);
    m_reports.clear();
}

void TestVaultCheck::check()
{
    auto probe = std::make_unique<FakeKeychainProbe>();
    m_probe = probe.get();
    m_check =
        std::make_unique<VaultCheck>(VaultCheck::Item{u"service"_s, key, secret("random text")},
            std::make_unique<FakeSecretStore>(m_vault), std::move(probe), m_choice, *m_deadlines);
    connect(m_check.get(), &VaultCheck::checked, this,
        [this](const VaultReport &report) { m_reports.append(report); });
    m_check->check(m_deadlines->now() + 10s);
}

void TestVaultCheck::anItemMakesTheRound()
{
    m_vault->isSlow = true;
    check();
    QCOMPARE(m_probe->asked.size(), 1);
    QCOMPARE(m_probe->asked.first().service, u"service"_s);
    QCOMPARE(m_probe->asked.first().key, key);
    m_probe->answer({Item::Readable, Keychain::SecretService, {}, u"gnome-keyring"_s});
    QVERIFY(m_vault->answer()); // saved
    QVERIFY(m_vault->items[0] == secret("random text"));
    m_clock.advance(12ms);
    QVERIFY(m_vault->answer()); // loaded
    m_clock.advance(50ms);
    QVERIFY(m_reports.isEmpty());
    QVERIFY(m_vault->answer()); // erased
    QVERIFY(m_vault->items[0].isEmpty());
    QCOMPARE(m_reports.size(), 1);
    const VaultReport report = m_reports.first();
    QVERIFY(report.state == State::Unlocked);
    QCOMPARE(report.keychain, Keychain::SecretService);
    QCOMPARE(report.program, u"gnome-keyring"_s);
    QVERIFY(!report.problem);
    QVERIFY(report.roundTrip && report.roundTrip->isSame);
    QCOMPARE(report.roundTrip->bytes, 11);
    QCOMPARE(report.roundTrip->duration, 12ms);
}

void TestVaultCheck::aLockedKeychainIsNotTried_data()
{
    QTest::addColumn<Item>("item");
    QTest::newRow("locked") << Item::Locked;
    QTest::newRow("closed") << Item::Closed;
}

void TestVaultCheck::aLockedKeychainIsNotTried()
{
    QFETCH(const Item, item);
    check();
    m_probe->answer(item);
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().state == State::Locked);
    QVERIFY(m_reports.first().problem == VaultProblem::Locked);
    QVERIFY(!m_reports.first().roundTrip);
    QCOMPARE(m_vault->saves, 0);
}

void TestVaultCheck::anAbsentKeychainIsNotTried()
{
    check();
    m_probe->answer(Item::Unknown);
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().state == State::Absent);
    QVERIFY(m_reports.first().problem == VaultProblem::Absent);
    QVERIFY(!m_reports.first().keychain);
    QCOMPARE(m_vault->saves, 0);
}

void TestVaultCheck::theHolderOfSessionsIsAwaited()
{
    m_choice = std::make_shared<KeychainChoice>(Keychain::KWallet);
    m_choice->remember(u"prod"_s, Keychain::KWallet);
    check();
    QCOMPARE(m_probe->asked.first().awaited, Keychains(Keychain::KWallet));
    m_probe->answer(Item::Readable);
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().problem == VaultProblem::Awaited);
    QCOMPARE(m_vault->saves, 0);
}

void TestVaultCheck::theKeychainInUseIsNamed_data()
{
    QTest::addColumn<int>("answering");
    QTest::addColumn<int>("keychain");
    const Keychains both = Keychains(Keychain::SecretService) | Keychain::KWallet;
    QTest::newRow("both") << int(both) << int(Keychain::KWallet);
    QTest::newRow("other") << int(Keychain::SecretService) << int(Keychain::SecretService);
}

void TestVaultCheck::theKeychainInUseIsNamed()
{
    QFETCH(const int, answering);
    QFETCH(const int, keychain);
    m_choice = std::make_shared<KeychainChoice>(Keychain::KWallet);
    check();
    m_probe->answer({Item::Readable, Keychains(answering), {}, {}});
    QCOMPARE(m_reports.size(), 1);
    QCOMPARE(int(*m_reports.first().keychain), keychain);
}

void TestVaultCheck::aStoreThatFailsIsTold_data()
{
    QTest::addColumn<int>("failure");
    QTest::addColumn<int>("problem");
    QTest::newRow("denied") << int(StoreError::Denied) << int(VaultProblem::Denied);
    QTest::newRow("broken") << int(StoreError::Unavailable) << int(VaultProblem::Broken);
}

void TestVaultCheck::aStoreThatFailsIsTold()
{
    QFETCH(const int, failure);
    QFETCH(const int, problem);
    m_vault->failure = StoreError(failure);
    check();
    m_probe->answer(Item::Readable);
    QCOMPARE(m_reports.size(), 1);
    QCOMPARE(int(*m_reports.first().problem), problem);
    QVERIFY(!m_reports.first().roundTrip);
}

void TestVaultCheck::aStoreThatLiesIsTold()
{
    m_vault->longest = 3;
    check();
    m_probe->answer(Item::Readable);
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().problem == VaultProblem::Altered);
    QVERIFY(!m_reports.first().roundTrip->isSame);
    QCOMPARE(m_reports.first().roundTrip->bytes, 3);
    QVERIFY(m_vault->items[0].isEmpty());
}

void TestVaultCheck::theDeadlineIsKept()
{
    m_vault->isSlow = true;
    check();
    m_probe->answer(Item::Readable);
    m_clock.advance(10s);
    m_deadlines->look();
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().problem == VaultProblem::Slow);
    QVERIFY(m_vault->answer()); // too late
    QCOMPARE(m_reports.size(), 1);
}

void TestVaultCheck::whatIsLeftBehindIsErased()
{
    m_vault->isSlow = true;
    check();
    m_probe->answer(Item::Readable);
    QVERIFY(m_vault->answer()); // saved
    m_check.reset();
    QCOMPARE(m_vault->erasures, 1);
    QVERIFY(m_vault->answer());
    QVERIFY(m_vault->items[0].isEmpty());
}

void TestVaultCheck::aLateAnswerOfTheProbeStartsNothing()
{
    check();
    m_clock.advance(10s);
    m_deadlines->look();
    QTRY_COMPARE(m_reports.size(), 1);
    m_probe->answer(Item::Readable);
    QCOMPARE(m_vault->saves, 0);
    QCOMPARE(m_reports.size(), 1);
}

QTEST_GUILESS_MAIN(TestVaultCheck)
#include "tst_vaultcheck.moc"
