// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/deadline.h"

#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDeadline final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void isReachedOnceWhenTimeHasCome();
    void isUnsetWhenItIsReached();
    void isReachedFromTheEventLoop();
    void sleepsUntilTheNextOne_data();
    void sleepsUntilTheNextOne();
    void sleepsForTheEarliest();
    void sleepsNotWhileNoneIsSet();
    void aMonthIsWaitedForInMinutes();
    void reachesThemInTheOrderOfTime();
    void aWallClockSetForwardReachesIt();
    void aWallClockSetBackDoesNotDelayIt();
    void aMachineThatSleptReachesItAtTheNextLook();
    void settingAgainMovesIt();
    void settingTheSameChangesNothing();
    void unsettingStopsIt();
    void destroyingStopsIt();
    void aHandlerMaySetItAgain();
    void aHandlerMayMoveAnotherThatIsDue();
    void aHandlerMayUnsetAnotherThatIsDue();
    void aHandlerMayDestroyAnotherThatIsDue();
    void aHandlerMayDestroyItself();

private:
    void pass(Milliseconds span)
    {
        m_clock.advance(span);
        m_queue->look();
    }

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_queue;
};

void TestDeadline::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_queue = std::make_unique<DeadlineQueue>(m_clock.clock());
}

void TestDeadline::isReachedOnceWhenTimeHasCome()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() + 10s);
    pass(10s - 1ms);
    QCOMPARE(reached.count(), 0);
    pass(1ms);
    QCOMPARE(reached.count(), 1);
    pass(1h);
    QCOMPARE(reached.count(), 1);
}

void TestDeadline::isUnsetWhenItIsReached()
{
    Deadline deadline(*m_queue);
    bool wasUnset = false;
    connect(&deadline, &Deadline::reached, &deadline, [&] { wasUnset = !deadline.at(); });
    deadline.set(m_clock.now() + 1s);
    QVERIFY(deadline.at() == m_clock.now() + 1s);
    pass(2s);
    QVERIFY(wasUnset);
}

void TestDeadline::isReachedFromTheEventLoop()
{
    Deadline deadline(*m_queue);
    QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() - 1s);
    QCOMPARE(reached.count(), 0);
    QCOMPARE(*m_queue->sleep(), 0ms);
    QVERIFY(reached.wait());
}

void TestDeadline::sleepsUntilTheNextOne_data()
{
    QTest::addColumn<Milliseconds>("left");
    QTest::addColumn<Milliseconds>("sleep");

    QTest::newRow("past") << Milliseconds(-5s) << Milliseconds(0);
    QTest::newRow("now") << Milliseconds(0) << Milliseconds(0);
    QTest::newRow("soon") << Milliseconds(1500) << Milliseconds(1500);
    QTest::newRow("a minute") << Milliseconds(60s) << Milliseconds(60s);
    QTest::newRow("more than a minute") << Milliseconds(61s) << Milliseconds(60s);
    QTest::newRow("25 days") << Milliseconds(25 * 24h) << Milliseconds(60s);
}

void TestDeadline::sleepsUntilTheNextOne()
{
    QFETCH(const Milliseconds, left);
    QFETCH(const Milliseconds, sleep);
    Deadline deadline(*m_queue);
    deadline.set(m_clock.now() + left);
    QCOMPARE(*m_queue->sleep(), sleep);
}

void TestDeadline::sleepsForTheEarliest()
{
    Deadline late(*m_queue);
    Deadline early(*m_queue);
    late.set(m_clock.now() + 30s);
    early.set(m_clock.now() + 10s);
    QCOMPARE(*m_queue->sleep(), Milliseconds(10s));
    pass(10s);
    QCOMPARE(*m_queue->sleep(), Milliseconds(20s));
}

void TestDeadline::sleepsNotWhileNoneIsSet()
{
    QVERIFY(!m_queue->sleep());
    m_queue->look();
    QVERIFY(!m_queue->sleep());
    Deadline deadline(*m_queue);
    deadline.set(m_clock.now() + 10s);
    deadline.set({});
    QVERIFY(!m_queue->sleep());
}

void TestDeadline::aMonthIsWaitedForInMinutes()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() + 30 * 24h);
    for (int minute = 0; minute < 30 * 24 * 60; ++minute) {
        QCOMPARE(reached.count(), 0);
        QCOMPARE(*m_queue->sleep(), DeadlineQueue::longestSleep);
        pass(1min);
    }
    QCOMPARE(reached.count(), 1);
}

void TestDeadline::reachesThemInTheOrderOfTime()
{
    Deadline second(*m_queue);
    Deadline first(*m_queue);
    QStringList order;
    connect(&first, &Deadline::reached, this, [&] { order.append(u"first"_s); });
    connect(&second, &Deadline::reached, this, [&] { order.append(u"second"_s); });
    second.set(m_clock.now() + 2s);
    first.set(m_clock.now() + 1s);
    pass(1s);
    pass(1s);
    QCOMPARE(order, QStringList({u"first"_s, u"second"_s}));
}

void TestDeadline::aWallClockSetForwardReachesIt()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() + 1h);
    m_clock.jumpWall(1h);
    m_queue->look();
    QCOMPARE(reached.count(), 1);
}

void TestDeadline::aWallClockSetBackDoesNotDelayIt()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() + 1h);
    m_clock.jumpWall(-24h);
    pass(59min);
    QCOMPARE(reached.count(), 0);
    pass(1min);
    QCOMPARE(reached.count(), 1);
}

// The timer stood still during sleep, so nothing looked at the clock.
void TestDeadline::aMachineThatSleptReachesItAtTheNextLook()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() + 1h);
    m_clock.advance(8h);
    QCOMPARE(reached.count(), 0);
    m_queue->look();
    QCOMPARE(reached.count(), 1);
}

void TestDeadline::settingAgainMovesIt()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() + 10s);
    deadline.set(m_clock.now() + 20s);
    pass(10s);
    QCOMPARE(reached.count(), 0);
    deadline.set(m_clock.now() + 5s);
    pass(5s);
    QCOMPARE(reached.count(), 1);
}

void TestDeadline::settingTheSameChangesNothing()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    const Instant at = m_clock.now() + 10s;
    deadline.set(at);
    deadline.set(at);
    pass(10s);
    QCOMPARE(reached.count(), 1);
}

void TestDeadline::unsettingStopsIt()
{
    Deadline deadline(*m_queue);
    const QSignalSpy reached(&deadline, &Deadline::reached);
    deadline.set(m_clock.now() + 10s);
    deadline.set({});
    pass(1h);
    QCOMPARE(reached.count(), 0);
}

void TestDeadline::destroyingStopsIt()
{
    auto deadline = std::make_unique<Deadline>(*m_queue);
    deadline->set(m_clock.now() + 10s);
    deadline.reset();
    pass(1h);
    QVERIFY(!m_queue->sleep());
}

void TestDeadline::aHandlerMaySetItAgain()
{
    Deadline deadline(*m_queue);
    int reached = 0;
    connect(&deadline, &Deadline::reached, &deadline, [&] {
        ++reached;
        deadline.set(m_clock.now() + 10s);
    });
    deadline.set(m_clock.now() + 10s);
    pass(10s);
    QCOMPARE(reached, 1);
    QCOMPARE(*m_queue->sleep(), Milliseconds(10s));
    pass(10s);
    QCOMPARE(reached, 2);
}

void TestDeadline::aHandlerMayMoveAnotherThatIsDue()
{
    Deadline first(*m_queue);
    Deadline second(*m_queue);
    const QSignalSpy reached(&second, &Deadline::reached);
    connect(&first, &Deadline::reached, this, [&] { second.set(m_clock.now() + 10s); });
    first.set(m_clock.now() + 1s);
    second.set(m_clock.now() + 1s);
    pass(1s);
    QCOMPARE(reached.count(), 0);
    pass(10s);
    QCOMPARE(reached.count(), 1);
}

void TestDeadline::aHandlerMayUnsetAnotherThatIsDue()
{
    Deadline first(*m_queue);
    Deadline second(*m_queue);
    const QSignalSpy reached(&second, &Deadline::reached);
    connect(&first, &Deadline::reached, this, [&] { second.set({}); });
    first.set(m_clock.now() + 1s);
    second.set(m_clock.now() + 1s);
    pass(1s);
    QCOMPARE(reached.count(), 0);
    QVERIFY(!m_queue->sleep());
}

void TestDeadline::aHandlerMayDestroyAnotherThatIsDue()
{
    Deadline first(*m_queue);
    auto second = std::make_unique<Deadline>(*m_queue);
    connect(&first, &Deadline::reached, this, [&] { second.reset(); });
    first.set(m_clock.now() + 1s);
    second->set(m_clock.now() + 1s);
    pass(1s);
    QVERIFY(!second);
    QVERIFY(!m_queue->sleep());
}

void TestDeadline::aHandlerMayDestroyItself()
{
    auto deadline = std::make_unique<Deadline>(*m_queue);
    connect(deadline.get(), &Deadline::reached, this, [&] { deadline.reset(); });
    deadline->set(m_clock.now() + 1s);
    pass(1s);
    QVERIFY(!deadline);
    QVERIFY(!m_queue->sleep());
}

QTEST_GUILESS_MAIN(TestDeadline)
#include "tst_deadline.moc"
