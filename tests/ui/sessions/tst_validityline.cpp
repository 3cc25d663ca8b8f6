// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/validityline.h"

#include "session/sessionsnapshot.h"

#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace std::chrono_literals;

namespace {

constexpr WallTime now = FakeClock::start;

double at(Milliseconds fromNow)
{
    return ValidityLine::placeOf(fromNow);
}

ValidityLine::Stretch stretch(Milliseconds from, Milliseconds to)
{
    return {at(from), at(to)};
}

SessionHistory::Entry entry(
    Milliseconds fromNow, Phase::Value phase, Cause::Value cause = Cause::Granted)
{
    return {now + fromNow, phase, cause};
}

//! Signed in 10 min ago for an hour, and to be renewed in half an hour.
SessionSnapshot signedIn(const QList<SessionHistory::Entry> &history = {})
{
    SessionSnapshot snapshot;
    snapshot.phase = Phase::Active;
    snapshot.takenAt = now;
    snapshot.grantedAt = now - 10min;
    snapshot.accessEnd = now + 50min;
    snapshot.hasRefreshToken = true;
    snapshot.nextRefreshAt = now + 30min;
    snapshot.history = history;
    return snapshot;
}

} // namespace

class TestValidityLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void givesWhatIsNearMoreRoom();
    void endsADayAway();
    void isEmptyWhereNobodyWasSignedIn();
    void showsThePresentToken();
    void joinsTokensThatOverlap();
    void leavesAGapBetweenTokensThatDoNot();
    void endsWithTheSignOut();
    void marksRenewals();
    void anOutageLastsThroughItsAttempts();
    void foreseesNothingDuringAnOutage();
    void foreseesUpToTheSignInsEnd();
    void foreseesNothingWithoutARefreshToken();
    void aQuestionAtTheSignInIsNoOutage();
    void showsWhenTheComputerSlept();
};

void TestValidityLine::givesWhatIsNearMoreRoom()
{
    QCOMPARE(at(0min), 0.5);
    QCOMPARE(at(6h), 0.75);
    QCOMPARE(at(-6h), 0.25);
    QVERIFY(at(1h) > 0.6);
    QCOMPARE(0.5 - at(-1h), at(1h) - 0.5);
}

void TestValidityLine::endsADayAway()
{
    QCOMPARE(at(24h), 1.0);
    QCOMPARE(at(-24h), 0.0);
    QCOMPARE(at(24h * 400), 1.0);
    QCOMPARE(at(-24h * 400), 0.0);
}

void TestValidityLine::isEmptyWhereNobodyWasSignedIn()
{
    SessionSnapshot snapshot;
    snapshot.takenAt = now;
    snapshot.history = {entry(-1h, Phase::SigningIn), entry(-1h, Phase::SignedOut)};
    QVERIFY(ValidityLine::of(snapshot).isEmpty());
    QVERIFY(!ValidityLine::of(signedIn()).isEmpty());
}

void TestValidityLine::showsThePresentToken()
{
    const ValidityLine line = ValidityLine::of(signedIn());
    QCOMPARE(line.good, QList{stretch(-10min, 50min)});
    QCOMPARE(line.nextRefresh, at(30min));
    QVERIFY(line.renewals.isEmpty());
    QVERIFY(line.outages.isEmpty());
    QVERIFY(!line.signInEnd);
}

void TestValidityLine::joinsTokensThatOverlap()
{
    const auto line = ValidityLine::of(signedIn({entry(-100min, Phase::Active),
        entry(-55min, Phase::Refreshing), entry(-55min, Phase::Active),
        entry(-10min, Phase::Refreshing), entry(-10min, Phase::Active)}));
    QCOMPARE(line.good, QList{stretch(-100min, 50min)});
}

void TestValidityLine::leavesAGapBetweenTokensThatDoNot()
{
    const auto line = ValidityLine::of(
        signedIn({entry(-5h, Phase::Active), entry(-10min, Phase::Active, Cause::Restored)}));
    QCOMPARE(line.good, (QList{stretch(-5h, -4h), stretch(-10min, 50min)}));
}

void TestValidityLine::endsWithTheSignOut()
{
    SessionSnapshot snapshot;
    snapshot.takenAt = now;
    snapshot.history = {
        entry(-3h, Phase::Active), entry(-2h, Phase::SignedOut, Cause::SignOutAsked)};
    const ValidityLine line = ValidityLine::of(snapshot);
    QCOMPARE(line.good, QList{stretch(-3h, -2h)});
    QVERIFY(!line.foreseen);
}

void TestValidityLine::marksRenewals()
{
    const auto line = ValidityLine::of(signedIn({entry(-30h, Phase::Refreshing),
        entry(-30h, Phase::Active), entry(-1h, Phase::Refreshing), entry(-55min, Phase::Active),
        entry(-10min, Phase::Refreshing), entry(-10min, Phase::Active)}));
    QCOMPARE(line.renewals, (QList{at(-55min), at(-10min)}));
}

void TestValidityLine::anOutageLastsThroughItsAttempts()
{
    const auto line = ValidityLine::of(signedIn({entry(-3h, Phase::Active),
        entry(-2h, Phase::Waiting, Cause::Failed), entry(-90min, Phase::Refreshing, Cause::Due),
        entry(-89min, Phase::Waiting, Cause::Failed), entry(-10min, Phase::Refreshing, Cause::Due),
        entry(-10min, Phase::Active)}));
    QCOMPARE(line.outages, QList{stretch(-2h, -10min)});
    QCOMPARE(line.good, (QList{stretch(-3h, -2h), stretch(-10min, 50min)}));
}

void TestValidityLine::foreseesNothingDuringAnOutage()
{
    const auto line = ValidityLine::of(
        signedIn({entry(-10min, Phase::Active), entry(-5min, Phase::Waiting, Cause::Failed)}));
    QCOMPARE(line.outages, QList{stretch(-5min, 0min)});
    QVERIFY(!line.foreseen);
}

void TestValidityLine::foreseesUpToTheSignInsEnd()
{
    SessionSnapshot snapshot = signedIn();
    QCOMPARE(ValidityLine::of(snapshot).foreseen, stretch(50min, 24h));
    QVERIFY(!ValidityLine::of(snapshot).isForeseenWhole);
    snapshot.refreshEnd = now + 5h;
    QCOMPARE(ValidityLine::of(snapshot).foreseen, stretch(50min, 5h));
    QCOMPARE(ValidityLine::of(snapshot).signInEnd, at(5h));
    snapshot.refreshEnd = now + 25h;
    QVERIFY(!ValidityLine::of(snapshot).signInEnd);
    QVERIFY(ValidityLine::of(snapshot).isForeseenWhole);
}

void TestValidityLine::foreseesNothingWithoutARefreshToken()
{
    SessionSnapshot snapshot = signedIn();
    snapshot.hasRefreshToken = false;
    QVERIFY(!ValidityLine::of(snapshot).foreseen);
}

void TestValidityLine::aQuestionAtTheSignInIsNoOutage()
{
    const auto line =
        ValidityLine::of(signedIn({entry(-2h, Phase::TrustNeeded), entry(-10min, Phase::Active)}));
    QVERIFY(line.outages.isEmpty());
}

void TestValidityLine::showsWhenTheComputerSlept()
{
    const auto line = ValidityLine::of(
        signedIn({entry(-8h, Phase::Active), entry(-7h, Phase::Waiting, Cause::FellAsleep),
            entry(-1h, Phase::Refreshing, Cause::WokeUp), entry(-10min, Phase::Active)}));
    QCOMPARE(line.sleeps, QList{stretch(-7h, -1h)});
}

QTEST_GUILESS_MAIN(TestValidityLine)
#include "tst_validityline.moc"
