// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/ratelimit.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRateLimit final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void aFewAtOnceAndThenOneAfterTheOther();
    void namesDoNotShareIt();
    void restFillsItUpAgain();
};

namespace {

//! How often it may happen at that moment.
int taken(RateLimit &limit, SteadyTime now, const QString &name = u"prod"_s)
{
    int count = 0;
    while (count < 1000 && !limit.take(name, now))
        ++count;
    return count;
}

} // namespace

void TestRateLimit::aFewAtOnceAndThenOneAfterTheOther()
{
    RateLimit limit;
    const SteadyTime start{3h};
    QCOMPARE(taken(limit, start), RateLimit::burst);
    QVERIFY(limit.take(u"prod"_s, start + 2s) == RateLimit::pause - 2s);
    QCOMPARE(taken(limit, start + RateLimit::pause - 1ms), 0);
    QCOMPARE(taken(limit, start + RateLimit::pause), 1);
    QCOMPARE(taken(limit, start + 3 * RateLimit::pause), 2);
}

void TestRateLimit::namesDoNotShareIt()
{
    RateLimit limit;
    QCOMPARE(taken(limit, SteadyTime(1s)), RateLimit::burst);
    QCOMPARE(taken(limit, SteadyTime(1s), u"test"_s), RateLimit::burst);
}

void TestRateLimit::restFillsItUpAgain()
{
    RateLimit limit;
    QCOMPARE(taken(limit, SteadyTime(1s)), RateLimit::burst);
    QCOMPARE(taken(limit, SteadyTime(24h)), RateLimit::burst);
}

QTEST_GUILESS_MAIN(TestRateLimit)
#include "tst_ratelimit.moc"
