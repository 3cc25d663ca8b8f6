// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/refreshthrottle.h"

#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;

class TestRefreshThrottle final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aloneOneGoesAtOnce();
    void thousandAreSpread();
    void fewHardlyWait();
    void laterOnesWaitTheirTurn();
    void whoIsWantedNowGoesNow();
    void whoLeavesDoesNotGo();
    void whoGoesMayComeAgain();

private:
    quint64 enter(int who);
    void pass(Milliseconds span);

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<RefreshThrottle> m_throttle;
    QList<int> m_gone;
};

void TestRefreshThrottle::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_gone.clear();
    m_throttle.reset();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_throttle = std::make_unique<RefreshThrottle>(*m_deadlines);
    m_throttle->join();
}

quint64 TestRefreshThrottle::enter(int who)
{
    return m_throttle->enter([this, who] { m_gone.append(who); });
}

void TestRefreshThrottle::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestRefreshThrottle::aloneOneGoesAtOnce()
{
    enter(1);
    QCOMPARE(m_gone, QList<int>{1});
    pass(1min);
    enter(2);
    QCOMPARE(m_gone, QList<int>({1, 2}));
}

void TestRefreshThrottle::thousandAreSpread()
{
    for (int other = 1; other < 1000; ++other)
        m_throttle->join();
    for (int who = 0; who < 1000; ++who)
        enter(who);
    QList<qsizetype> goneAt{m_gone.size()};
    for (Milliseconds passed = 0ms; passed < 30s; passed += 5ms) {
        pass(5ms);
        goneAt.append(m_gone.size());
    }
    QCOMPARE(m_gone.size(), 1000);
    constexpr qsizetype second = 1s / 5ms;
    for (qsizetype at = second; at < goneAt.size(); ++at)
        QVERIFY2(goneAt[at] - goneAt[at - second] <= 50, "more than 5 % in a second");
    QVERIFY(std::ranges::is_sorted(m_gone));
}

void TestRefreshThrottle::fewHardlyWait()
{
    for (int other = 1; other < 5; ++other)
        m_throttle->join();
    for (int who = 0; who < 5; ++who)
        enter(who);
    QCOMPARE(m_gone.size(), 1);
    for (int step = 0; step < 4; ++step)
        pass(100ms);
    QCOMPARE(m_gone.size(), 5);
}

void TestRefreshThrottle::laterOnesWaitTheirTurn()
{
    enter(1);
    enter(2);
    QCOMPARE(m_gone.size(), 1);
    pass(99ms);
    QCOMPARE(m_gone.size(), 1);
    pass(1ms);
    QCOMPARE(m_gone.size(), 2);
}

void TestRefreshThrottle::whoIsWantedNowGoesNow()
{
    enter(1);
    enter(2);
    const quint64 urgent = enter(3);
    m_throttle->expedite(urgent);
    QCOMPARE(m_gone, QList<int>({1, 3}));
    m_throttle->expedite(urgent);
    pass(100ms);
    pass(100ms);
    QCOMPARE(m_gone, QList<int>({1, 3, 2}));
}

void TestRefreshThrottle::whoLeavesDoesNotGo()
{
    enter(1);
    m_throttle->leave(enter(2));
    enter(3);
    m_throttle->leave(99);
    pass(100ms);
    pass(100ms);
    QCOMPARE(m_gone, QList<int>({1, 3}));
}

void TestRefreshThrottle::whoGoesMayComeAgain()
{
    m_throttle->enter([this] {
        m_gone.append(1);
        enter(2);
    });
    QCOMPARE(m_gone, QList<int>{1});
    pass(100ms);
    QCOMPARE(m_gone, QList<int>({1, 2}));
}

QTEST_GUILESS_MAIN(TestRefreshThrottle)
#include "tst_refreshthrottle.moc"
