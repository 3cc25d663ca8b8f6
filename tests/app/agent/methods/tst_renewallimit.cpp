// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/renewallimit.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRenewalLimit final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void aFewAtOnceAndThenOneAfterTheOther();
    void sessionsDoNotShareIt();
    void restFillsItUpAgain();
};

namespace {

//! How many renewals are granted at that moment.
int taken(RenewalLimit &limit, SteadyTime now, const QString &session = u"prod"_s)
{
    int count = 0;
    while (count < 1000 && !limit.take(session, now))
        ++count;
    return count;
}

} // namespace

void TestRenewalLimit::aFewAtOnceAndThenOneAfterTheOther()
{
    RenewalLimit limit;
    const SteadyTime start{3h};
    QCOMPARE(taken(limit, start), RenewalLimit::burst);
    QVERIFY(limit.take(u"prod"_s, start + 2s) == RenewalLimit::pause - 2s);
    QCOMPARE(taken(limit, start + RenewalLimit::pause - 1ms), 0);
    QCOMPARE(taken(limit, start + RenewalLimit::pause), 1);
    QCOMPARE(taken(limit, start + 3 * RenewalLimit::pause), 2);
}

void TestRenewalLimit::sessionsDoNotShareIt()
{
    RenewalLimit limit;
    QCOMPARE(taken(limit, SteadyTime(1s)), RenewalLimit::burst);
    QCOMPARE(taken(limit, SteadyTime(1s), u"test"_s), RenewalLimit::burst);
}

void TestRenewalLimit::restFillsItUpAgain()
{
    RenewalLimit limit;
    QCOMPARE(taken(limit, SteadyTime(1s)), RenewalLimit::burst);
    QCOMPARE(taken(limit, SteadyTime(24h)), RenewalLimit::burst);
}

QTEST_GUILESS_MAIN(TestRenewalLimit)
#include "tst_renewallimit.moc"
