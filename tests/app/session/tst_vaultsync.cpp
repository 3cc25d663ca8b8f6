// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/vaultsync.h"

#include "support/fakeclock.h"
#include "support/fakesecretstore.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;

class TestVaultSync final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { QVERIFY(m_vault->mostAtWork <= 1); }

    void startsIdle();
    void writesAndReads();
    void oneAtATime();
    void failureIsTriedAgain();
    void recoveryIsTriedAtOnce();
    void readingCanBeStopped();
    void whoLeavesDoesNothingMore();
    void whatWaitsAtTheEndIsWritten();
    void memoryKeepsNothing();
    void knowsWhetherThereMayBeAnOlderRecord();

private:
    void pass(Milliseconds span);

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::shared_ptr<FakeVault> m_vault;
    std::unique_ptr<VaultSync> m_sync;
};

void TestVaultSync::init()
{
    failOnAnyWarning();
    m_sync.reset();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_vault = std::make_shared<FakeVault>();
    m_sync = std::make_unique<VaultSync>(storeOn(m_vault), *m_deadlines);
}

void TestVaultSync::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestVaultSync::startsIdle()
{
    QVERIFY(!m_sync->isBusy() && !m_sync->isWriting() && !m_sync->isErasing());
    QVERIFY(!m_sync->isUnread() && !m_sync->isKept() && !m_sync->trouble());
}

void TestVaultSync::writesAndReads()
{
    const QSignalSpy changed(m_sync.get(), &VaultSync::changed);
    m_vault->isSlow = true;
    m_sync->write(secret("record"));
    QVERIFY(m_sync->isWriting() && !m_sync->isKept());
    QVERIFY(m_vault->answer());
    QVERIFY(!m_sync->isBusy() && m_sync->isKept());
    QCOMPARE(changed.count(), 2);

    QSignalSpy loaded(m_sync.get(), &VaultSync::loaded);
    m_sync->read();
    QVERIFY(m_sync->isUnread());
    QVERIFY(m_vault->answer());
    QCOMPARE(loaded.count(), 1);
    QVERIFY(!m_sync->isUnread() && m_sync->isKept());

    m_sync->erase();
    QVERIFY(m_sync->isErasing());
    QVERIFY(m_vault->answer());
    QVERIFY(!m_sync->isErasing() && !m_sync->isKept());
    QVERIFY(m_vault->content.isEmpty());
}

void TestVaultSync::oneAtATime()
{
    m_vault->isSlow = true;
    QSignalSpy loaded(m_sync.get(), &VaultSync::loaded);
    m_sync->read();
    m_sync->erase();
    m_sync->write(secret("older"));
    m_sync->write(secret("newest"));
    QVERIFY(m_sync->isWriting() && !m_sync->isUnread());
    QVERIFY(m_vault->answer());
    QCOMPARE(loaded.count(), 0); // the result is no longer wanted
    QVERIFY(m_vault->answer());
    QVERIFY(!m_vault->answer());
    QCOMPARE(m_vault->saves, 1);
    QCOMPARE(m_vault->erasures, 0);
    QVERIFY(m_vault->content == secret("newest"));
}

void TestVaultSync::failureIsTriedAgain()
{
    m_vault->failure = StoreError::DiskFull;
    m_sync->write(secret("record"));
    QVERIFY(m_sync->trouble()->error == StoreError::DiskFull);
    QVERIFY(!m_sync->isWriting() && !m_sync->isKept() && !m_sync->isBusy());
    pass(5s);
    QCOMPARE(m_vault->saves, 2);
    m_vault->failure.reset();
    pass(10s - 1ms);
    QCOMPARE(m_vault->saves, 2);
    pass(1ms);
    QVERIFY(m_sync->isKept() && !m_sync->trouble());
    pass(24h);
    QCOMPARE(m_vault->saves, 3);
}

void TestVaultSync::recoveryIsTriedAtOnce()
{
    m_vault->failure = StoreError::Locked;
    const QSignalSpy failed(m_sync.get(), &VaultSync::failed);
    const QSignalSpy loaded(m_sync.get(), &VaultSync::loaded);
    m_sync->read();
    QCOMPARE(failed.count(), 1);
    QVERIFY(m_sync->isUnread());
    m_vault->recover();
    QCOMPARE(loaded.count(), 1);
    m_vault->recover();
    QCOMPARE(m_vault->loads, 2);
}

void TestVaultSync::readingCanBeStopped()
{
    const QSignalSpy loaded(m_sync.get(), &VaultSync::loaded);
    m_vault->isSlow = true;
    m_sync->read();
    m_sync->stopReading();
    QVERIFY(!m_sync->isUnread());
    QVERIFY(m_vault->answer());
    QCOMPARE(loaded.count(), 0);
    m_vault->isSlow = false;
    m_sync->write(secret("record"));
    m_sync->stopReading();
    QVERIFY(m_sync->isKept());
}

void TestVaultSync::whoLeavesDoesNothingMore()
{
    m_vault->failure = StoreError::NotWritable;
    m_sync->erase();
    QVERIFY(m_sync->isErasing());
    m_sync->leave();
    QVERIFY(!m_sync->isErasing());
    pass(1h);
    QCOMPARE(m_vault->erasures, 1);
    init();
    m_vault->isSlow = true;
    m_sync->write(secret("record"));
    m_sync->erase();
    m_sync->leave();
    QVERIFY(!m_sync->isBusy());
    (void)m_vault->answer();
    QCOMPARE(m_vault->erasures, 0);
}

void TestVaultSync::whatWaitsAtTheEndIsWritten()
{
    m_vault->isSlow = true;
    m_sync->write(secret("first"));
    m_sync->write(secret("second"));
    m_vault->isSlow = false;
    m_vault->waiting = nullptr; // the program ends during this operation
    m_sync.reset();
    QVERIFY(m_vault->content == secret("second"));
}

void TestVaultSync::memoryKeepsNothing()
{
    m_vault->isDurable = false;
    m_sync->write(secret("record"));
    QVERIFY(!m_sync->isKept() && !m_sync->trouble());
}

void TestVaultSync::knowsWhetherThereMayBeAnOlderRecord()
{
    QVERIFY(!m_sync->isBehind());
    m_vault->isSlow = true;
    m_sync->write(secret("first"));
    QVERIFY(m_sync->isBehind()); // now or soon
    m_vault->failure = StoreError::Unavailable;
    QVERIFY(m_vault->answer());
    QVERIFY(!m_sync->isBehind()); // there never was a record
    m_vault->failure.reset();
    m_vault->recover();
    QVERIFY(m_vault->answer());
    QVERIFY(!m_sync->isBehind());

    m_sync->write(secret("second"));
    QVERIFY(m_sync->isBehind());
    m_vault->failure = StoreError::DiskFull;
    QVERIFY(m_vault->answer());
    QVERIFY(m_sync->isBehind());
    m_sync->read();
    QVERIFY(m_sync->isBehind());
    m_sync->stopReading();
    m_vault->answer();
    QVERIFY(m_sync->isBehind()); // the record was not read
    m_vault->failure.reset();
    m_sync->erase();
    QVERIFY(m_vault->answer());
    QVERIFY(!m_sync->isBehind());
    m_sync->read();
    QVERIFY(m_vault->answer());
    QVERIFY(!m_sync->isBehind());
}

QTEST_GUILESS_MAIN(TestVaultSync)
#include "tst_vaultsync.moc"
