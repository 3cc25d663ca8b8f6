// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/presencelock.h"

#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;

class TestHandOutLock final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itFollowsTheScreen();
    void itHoldsDuringASleep();
    void aScreenThatLocksOnWakingKeepsItLocked();
    void goingBackToSleepAtOnceKeepsItLocked();
    void switchedOffItIsNeverLocked();
    void switchedOnItIsLockedIfTheScreenIs();

private:
    void pass(Milliseconds span)
    {
        m_clock.advance(span);
        m_deadlines.look();
    }

    FakeClock m_clock;
    DeadlineQueue m_deadlines{m_clock.clock()};
};

void TestHandOutLock::itFollowsTheScreen()
{
    PresenceLock lock(m_deadlines);
    QSignalSpy locked(&lock, &PresenceLock::locked);
    QSignalSpy changed(&lock, &PresenceLock::changed);
    QVERIFY(!lock.isLocked());
    lock.setScreenLocked(true);
    lock.setScreenLocked(true);
    QVERIFY(lock.isLocked());
    QCOMPARE(locked.count(), 1);
    QCOMPARE(changed.count(), 1);
    lock.setScreenLocked(false);
    QCOMPARE(changed.count(), 2);
    QVERIFY(!lock.isLocked());
    lock.setScreenLocked(true);
    QCOMPARE(locked.count(), 2);
}

void TestHandOutLock::itHoldsDuringASleep()
{
    PresenceLock lock(m_deadlines);
    lock.setAsleep(true);
    QVERIFY(lock.isLocked());
    lock.setAsleep(false);
    QVERIFY(lock.isLocked());
    pass(5s);
    QVERIFY(!lock.isLocked());
}

void TestHandOutLock::aScreenThatLocksOnWakingKeepsItLocked()
{
    PresenceLock lock(m_deadlines);
    QSignalSpy locked(&lock, &PresenceLock::locked);
    lock.setAsleep(true);
    lock.setAsleep(false);
    pass(3s);
    lock.setScreenLocked(true);
    pass(1h);
    QVERIFY(lock.isLocked());
    lock.setScreenLocked(false);
    QVERIFY(!lock.isLocked());
    QCOMPARE(locked.count(), 1);
}

void TestHandOutLock::goingBackToSleepAtOnceKeepsItLocked()
{
    PresenceLock lock(m_deadlines);
    lock.setAsleep(true);
    lock.setAsleep(false);
    lock.setAsleep(true);
    pass(1h);
    QVERIFY(lock.isLocked());
}

void TestHandOutLock::switchedOffItIsNeverLocked()
{
    PresenceLock lock(m_deadlines);
    lock.setEnabled(false);
    QSignalSpy left(&lock, &PresenceLock::left);
    lock.setScreenLocked(true);
    QCOMPARE(left.count(), 1);
    QVERIFY(!lock.isLocked());
    lock.setAsleep(true);
    QVERIFY(!lock.isLocked());
}

void TestHandOutLock::switchedOnItIsLockedIfTheScreenIs()
{
    PresenceLock lock(m_deadlines);
    lock.setEnabled(false);
    lock.setScreenLocked(true);
    QSignalSpy locked(&lock, &PresenceLock::locked);
    lock.setEnabled(true);
    QVERIFY(lock.isLocked());
    QCOMPARE(locked.count(), 1);
}

QTEST_GUILESS_MAIN(TestHandOutLock)
#include "tst_presencelock.moc"
