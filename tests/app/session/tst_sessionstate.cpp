// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/sessionstate.h"

#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Type = AuthError::Type;

namespace {

AuthError error(Type type)
{
    return {type, 0, {}, {}};
}

} // namespace

class TestSessionState final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void eachStateHasAPhaseAndAName();
    void tokensAreThoseTheStateHolds();
    void reasonIsTheStatesOwn();
    void vaultTroubleHasAType();
    void quietStatesDoNotWake();
    void questionsToAPersonEnd();
    void activeWakesToRefresh();
    void refreshingWakesWhenAccessLapses();
    void waitingWakesToRetryOrWhenAccessLapses_data();
    void waitingWakesToRetryOrWhenAccessLapses();
    void waitingWakesWhenTheWallClockSaysThatAccessLapses();
    void othersWakeToLookAgain();

private:
    [[nodiscard]] TokenSet tokens() const { return tokenSet(1, m_clock.now()); }
    [[nodiscard]] std::optional<Instant> wake(const SessionState &state) const
    {
        return dueAt(state, m_clock.now());
    }

    FakeClock m_clock;
};

void TestSessionState::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
}

void TestSessionState::eachStateHasAPhaseAndAName()
{
    const std::pair<SessionState, std::pair<Phase::Value, QString>> rows[] = {
        {state::SignedOut{}, {Phase::SignedOut, u"signed-out"_s}},
        {state::Restoring{}, {Phase::Restoring, u"restoring"_s}},
        {state::SigningIn{}, {Phase::SigningIn, u"signing-in"_s}},
        {state::CodeNeeded{}, {Phase::CodeNeeded, u"code-needed"_s}},
        {state::TrustNeeded{}, {Phase::TrustNeeded, u"trust-needed"_s}},
        {state::Active{}, {Phase::Active, u"active"_s}},
        {state::Refreshing{}, {Phase::Refreshing, u"refreshing"_s}},
        {state::Waiting{}, {Phase::Waiting, u"waiting"_s}},
        {state::Confirming{}, {Phase::Refreshing, u"refreshing"_s}},
    };
    QCOMPARE(std::size(rows), std::variant_size_v<SessionState>);
    for (const auto &[state, expected] : rows) {
        QCOMPARE(phaseOf(state), expected.first);
        QCOMPARE(scriptName(phaseOf(state)), expected.second);
    }
}

void TestSessionState::tokensAreThoseTheStateHolds()
{
    const SignInAttempt fresh{PasswordGrant(), 0, {}};
    const SignInAttempt again{PasswordGrant(), 0, tokens()};
    const auto holds = [](const SessionState &state) {
        const TokenSet *set = tokensOf(state);
        return set && set->accessToken == secret("access-1");
    };
    QVERIFY(!tokensOf(state::SignedOut{}));
    QVERIFY(!tokensOf(state::Restoring{}));
    QVERIFY(!tokensOf(state::SigningIn{fresh}));
    QVERIFY(!tokensOf(state::CodeNeeded{}));
    QVERIFY(!tokensOf(state::TrustNeeded{{}, {}, fresh, {}}));
    QVERIFY(holds(state::SigningIn{again}));
    QVERIFY(holds(state::CodeNeeded{{}, 0, {}, tokens()}));
    QVERIFY(holds(state::TrustNeeded{{}, {}, again, {}}));
    QVERIFY(holds(state::TrustNeeded{{}, {}, tokens(), {}}));
    QVERIFY(holds(state::Active{tokens(), {}}));
    QVERIFY(holds(state::Refreshing{tokens(), 0}));
    QVERIFY(holds(state::Waiting{tokens(), 0, {}, {}}));
}

void TestSessionState::reasonIsTheStatesOwn()
{
    QVERIFY(!reasonOf(state::SignedOut{}));
    QVERIFY(!reasonOf(state::Restoring{}));
    QVERIFY(!reasonOf(state::SigningIn{}));
    QVERIFY(!reasonOf(state::CodeNeeded{}));
    QVERIFY(!reasonOf(state::Active{}));
    QVERIFY(!reasonOf(state::Refreshing{}));
    QVERIFY(reasonOf(state::SignedOut{error(Type::Expired)}) == error(Type::Expired));
    QVERIFY(reasonOf(state::Restoring{StoreError::Denied}) == error(Type::StoreDenied));
    QVERIFY(reasonOf(state::CodeNeeded{{}, 1, error(Type::CodeRejected), {}})
        == error(Type::CodeRejected));
    QVERIFY(reasonOf(state::TrustNeeded{}) == error(Type::TlsUntrusted));
    QVERIFY(reasonOf(state::Waiting{{}, 1, {}, error(Type::Offline)}) == error(Type::Offline));
}

void TestSessionState::vaultTroubleHasAType()
{
    QVERIFY(authErrorFrom(StoreError::Denied) == error(Type::StoreDenied));
    QVERIFY(authErrorFrom(StoreError::Unavailable) == error(Type::StoreUnavailable));
}

void TestSessionState::quietStatesDoNotWake()
{
    QVERIFY(!wake(state::SignedOut{}));
    QVERIFY(!wake(state::Restoring{}));
    QVERIFY(!wake(state::SigningIn{}));
}

void TestSessionState::questionsToAPersonEnd()
{
    const Instant at = m_clock.now() + 10min;
    QVERIFY(wake(state::CodeNeeded{{}, 0, {}, {}, at}) == at);
    QVERIFY(wake(state::TrustNeeded{{}, {}, SignInAttempt{}, at}) == at);
}

void TestSessionState::activeWakesToRefresh()
{
    const Instant at = m_clock.now() + 45min;
    QVERIFY(wake(state::Active{tokens(), at}) == at);
}

void TestSessionState::refreshingWakesWhenAccessLapses()
{
    const state::Refreshing refreshing{tokens(), 0};
    QVERIFY(wake(refreshing) == tokens().accessEnd);
    m_clock.advance(1h);
    QVERIFY(!wake(refreshing));
}

void TestSessionState::waitingWakesToRetryOrWhenAccessLapses_data()
{
    QTest::addColumn<int>("retryIn"); // in minutes
    QTest::addColumn<int>("passed");
    QTest::addColumn<int>("wakeIn");

    QTest::newRow("retry first") << 10 << 0 << 10;
    QTest::newRow("lapse first") << 70 << 0 << 60;
    QTest::newRow("lapsed already") << 70 << 65 << 5;
}

void TestSessionState::waitingWakesToRetryOrWhenAccessLapses()
{
    QFETCH(const int, retryIn);
    QFETCH(const int, passed);
    QFETCH(const int, wakeIn);
    const Instant start = m_clock.now();
    const state::Waiting waiting{
        tokens(), 1, start + std::chrono::minutes(retryIn), error(Type::Offline)};
    m_clock.advance(std::chrono::minutes(passed));
    QVERIFY(wake(waiting));
    QCOMPARE(remaining(*wake(waiting), m_clock.now()), Milliseconds(std::chrono::minutes(wakeIn)));
}

// The wall clock was set forward: by it, the token lapses in half an hour, whatever the other clock
// says.
void TestSessionState::waitingWakesWhenTheWallClockSaysThatAccessLapses()
{
    const TokenSet set = tokens();
    m_clock.jumpWall(30min);
    const state::Waiting waiting{set, 1, m_clock.now() + 40min, error(Type::Offline)};
    QVERIFY(wake(waiting));
    QCOMPARE(remaining(*wake(waiting), m_clock.now()), Milliseconds(30min));
}

void TestSessionState::othersWakeToLookAgain()
{
    const Instant at = m_clock.now() + 5s;
    QVERIFY(!wake(state::Restoring{StoreError::Denied}));
    QVERIFY(wake(state::Confirming{tokens(), error(Type::Expired), at}) == at);
    QVERIFY(wake(state::TrustNeeded{{}, {}, tokens(), at}) == at);
}

QTEST_GUILESS_MAIN(TestSessionState)
#include "tst_sessionstate.moc"
