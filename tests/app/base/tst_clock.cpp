// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/clock.h"

#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;

class TestClock final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void spansMoveBothClocks();
    void remainingIsTheLesserOfBoth_data();
    void remainingIsTheLesserOfBoth();
    void anEndOnTheWallFollowsTheWall();
};

void TestClock::spansMoveBothClocks()
{
    const Instant before = FakeClock().now();
    const Instant after = before + 90s;
    QCOMPARE(after.wall - before.wall, Milliseconds(90s));
    QCOMPARE(after.steady - before.steady, Milliseconds(90s));
    QVERIFY(after - 90s == before);
}

void TestClock::remainingIsTheLesserOfBoth_data()
{
    QTest::addColumn<int>("passed");
    QTest::addColumn<int>("jumped");
    QTest::addColumn<int>("left");

    QTest::newRow("nothing happened") << 0 << 0 << 3600;
    QTest::newRow("time passed") << 600 << 0 << 3000;
    QTest::newRow("the wall was set forward") << 0 << 600 << 3000;
    QTest::newRow("the wall was set back") << 600 << -900 << 3000;
    QTest::newRow("it is over") << 3700 << 0 << -100;
    QTest::newRow("over by the wall alone") << 0 << 4000 << -400;
    QTest::newRow("over, though the wall was set back") << 4000 << -4000 << -400;
}

void TestClock::remainingIsTheLesserOfBoth()
{
    QFETCH(const int, passed);
    QFETCH(const int, jumped);
    QFETCH(const int, left);
    FakeClock clock;
    const Instant end = clock.now() + 1h;
    clock.advance(std::chrono::seconds(passed));
    clock.jumpWall(std::chrono::seconds(jumped));
    QCOMPARE(remaining(end, clock.now()), Milliseconds(std::chrono::seconds(left)));
}

void TestClock::anEndOnTheWallFollowsTheWall()
{
    FakeClock clock;
    const Instant end = clock.now() + 1h;
    QVERIFY(onTheWall(end, clock.now()) == FakeClock::start + 1h);
    clock.jumpWall(-2h);
    QVERIFY(onTheWall(end, clock.now()) == FakeClock::start - 1h);
    clock.jumpWall(2h + 30min);
    QVERIFY(onTheWall(end, clock.now()) == FakeClock::start + 1h);
}

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
