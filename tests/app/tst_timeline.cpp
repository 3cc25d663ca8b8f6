// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/timeline.h"

#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

namespace {

Timeline::Entry entry(qsizetype second)
{
    return {FakeClock::start + std::chrono::seconds(second), Phase::Active, {}};
}

} // namespace

class TestTimeline final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void startsEmpty();
    void keepsTheOrder();
    void forgetsTheOldest();
};

void TestTimeline::startsEmpty()
{
    QVERIFY(Timeline().entries().isEmpty());
}

void TestTimeline::keepsTheOrder()
{
    Timeline timeline;
    timeline.add(entry(1));
    timeline.add(
        {FakeClock::start, Phase::Waiting, AuthError{AuthError::Kind::Offline, 0, {}, {}}});
    QCOMPARE(timeline.entries().size(), 2);
    QCOMPARE(timeline.entries().first(), entry(1));
    QCOMPARE(timeline.entries().last().phase, Phase::Waiting);
    QCOMPARE(timeline.entries().last().reason->kind, AuthError::Kind::Offline);
}

void TestTimeline::forgetsTheOldest()
{
    Timeline timeline;
    for (qsizetype second = 0; second < Timeline::longest; ++second)
        timeline.add(entry(second));
    QCOMPARE(timeline.entries().size(), Timeline::longest);
    QCOMPARE(timeline.entries().first(), entry(0));
    timeline.add(entry(Timeline::longest));
    QCOMPARE(timeline.entries().size(), Timeline::longest);
    QCOMPARE(timeline.entries().first(), entry(1));
    QCOMPARE(timeline.entries().last(), entry(Timeline::longest));
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
