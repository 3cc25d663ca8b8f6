// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/transitions.h"

#include "session/sessionsnapshot.h"

#include "base/overloaded.h"
#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QMetaEnum>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Type = AuthError::Type;

namespace {

const char *const eventNames[] = {"Granted", "CodeAsked", "Untrusted", "AuthError", "Restored",
    "NothingStored", "StoreFailed", "Restore", "SignIn", "Code", "Trust", "Decline", "Cancel",
    "Demand", "RefreshNow", "SignOut", "Due", "HoldBack", "Sleep", "Recheck"};
static_assert(std::size(eventNames) == std::variant_size_v<SessionEvent>);

struct Cell {
    const char *event;
    Phase::Value next;
    //! The names of the effects, in order.
    const char *effects;
};

//! THE table. An event that is not listed has no meaning in that state and changes nothing.
using Row = std::vector<Cell>;
Row rowOf(Phase::Value phase)
{
    switch (phase) {
    case Phase::SignedOut:
        return {
            {"Restore", Phase::Restoring, "read-vault"},
            {"Restored", Phase::Active, ""},
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"SignOut", Phase::SignedOut, "cancel forget"},
        };
    case Phase::Restoring:
        return {
            {"Restored", Phase::Active, ""},
            {"NothingStored", Phase::SignedOut, ""},
            {"StoreFailed", Phase::Restoring, ""},
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"Cancel", Phase::SignedOut, "leave-unread"},
            {"RefreshNow", Phase::Restoring, "read-vault"},
            {"SignOut", Phase::SignedOut, "cancel forget"},
            {"Recheck", Phase::Restoring, "read-vault"},
        };
    case Phase::SigningIn:
        return {
            {"Granted", Phase::Active, "record"},
            {"CodeAsked", Phase::CodeNeeded, ""},
            {"Untrusted", Phase::TrustNeeded, ""},
            {"AuthError", Phase::SignedOut, ""},
            {"Restored", Phase::SigningIn, ""},
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"Cancel", Phase::SignedOut, "cancel"},
            {"SignOut", Phase::SignedOut, "cancel forget"},
            {"Sleep", Phase::SignedOut, "cancel"},
        };
    case Phase::CodeNeeded:
        return {
            {"Restored", Phase::CodeNeeded, ""},
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"Code", Phase::SigningIn, "send-mfa"},
            {"Cancel", Phase::SignedOut, ""},
            {"Due", Phase::SignedOut, ""},
            {"SignOut", Phase::SignedOut, "cancel forget"},
        };
    case Phase::TrustNeeded: // during a refresh
        return {
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"Trust", Phase::Refreshing, "pin send-refresh"},
            {"Decline", Phase::TrustNeeded, ""},
            {"Cancel", Phase::TrustNeeded, ""},
            {"RefreshNow", Phase::Refreshing, "send-refresh"},
            {"SignOut", Phase::SignedOut, "log-out cancel forget"},
            {"Due", Phase::Refreshing, "send-refresh"},
            {"Recheck", Phase::Refreshing, "send-refresh"},
        };
    case Phase::Active:
        return {
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"Demand", Phase::Refreshing, "send-refresh"},
            {"RefreshNow", Phase::Refreshing, "send-refresh"},
            {"SignOut", Phase::SignedOut, "log-out cancel forget"},
            {"Due", Phase::Refreshing, "send-refresh"},
        };
    case Phase::Refreshing:
        return {
            {"Granted", Phase::Active, "record"},
            {"Untrusted", Phase::TrustNeeded, ""},
            {"AuthError", Phase::Waiting, ""},
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"Demand", Phase::Refreshing, "expedite"},
            {"RefreshNow", Phase::Refreshing, "expedite"},
            {"SignOut", Phase::SignedOut, "log-out cancel forget"},
            {"Due", Phase::Refreshing, ""},
            {"Sleep", Phase::Waiting, "cancel"},
        };
    case Phase::Waiting:
        return {
            {"SignIn", Phase::SigningIn, "cancel send-password"},
            {"RefreshNow", Phase::Refreshing, "send-refresh"},
            {"SignOut", Phase::SignedOut, "log-out cancel forget"},
            {"Due", Phase::Refreshing, "send-refresh"},
            {"Recheck", Phase::Refreshing, "send-refresh"},
        };
    }
    Q_UNREACHABLE();
}

QString nameOf(const Effect &effect)
{
    return std::visit(Overloaded{
                          [](const effect::Send &e) {
                              const char *names[] = {"send-password", "send-mfa", "send-refresh"};
                              return QString::fromLatin1(names[e.grant.index()]);
                          },
                          [](const effect::CancelRequest &) { return u"cancel"_s; },
                          [](const effect::Expedite &) { return u"expedite"_s; },
                          [](const effect::LogOut &) { return u"log-out"_s; },
                          [](const effect::ReadVault &) { return u"read-vault"_s; },
                          [](const effect::LeaveUnread &) { return u"leave-unread"_s; },
                          [](const effect::Record &) { return u"record"_s; },
                          [](const effect::Forget &) { return u"forget"_s; },
                          [](const effect::Pin &) { return u"pin"_s; },
                      },
        effect);
}

QString namesOf(const Step &step)
{
    QStringList names;
    for (const Effect &effect : step.effects)
        names.append(nameOf(effect));
    return names.join(u' ');
}

QString keyOf(Phase::Value phase)
{
    return QString::fromLatin1(QMetaEnum::fromType<Phase::Value>().valueToKey(phase));
}

template<typename State> const State *as(const std::optional<Step> &step)
{
    return step ? std::get_if<State>(&step->state) : nullptr;
}

template<typename Kind> const Kind *effectIn(const std::optional<Step> &step)
{
    for (const Effect &effect : step->effects) {
        if (const auto *found = std::get_if<Kind>(&effect))
            return found;
    }
    return nullptr;
}

AuthError error(Type type, int status = 0)
{
    return {type, status, {}, {}};
}

} // namespace

class TestTransitions final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void everyCell_data();
    void everyCell();
    void cellsOfATrustQuestionAtSignIn();

    void signInRemembersWhatTheSessionHad_data();
    void signInRemembersWhatTheSessionHad();
    void refusedSignInKeepsTheTokens();
    void refusedSignInKeepsTokensThatCannotBeRefreshed();
    void cancelledSignInGoesOnWithTheTokens();
    void refusedPasswordIsTold_data();
    void refusedPasswordIsTold();
    void refusedCodeMayBeTriedAgain();
    void clocksAreComparedWithEachAnswerAboutACode();
    void connectionThatBreaksDoesNotCountAsATry();
    void fiveRefusedCodesEndTheAttempt();
    void deadTicketEndsTheAttempt();
    void codeGoesWithItsTicket();
    void codeMakesASecondFactor();
    void trustResumesTheSignIn();
    void trustResumesTheCode();
    void trustResumesTheRefresh();
    void trustQuestionShowsBothCertificates();
    void declinedTrustEndsTheSignIn();
    void declinedTrustGoesOnAsking();
    void certificateStaysInQuestionWhileItIsLookedAtAgain();
    void certificateStaysInQuestionUntilARequestGoesOut();
    void certificateIsTrustedWhileItIsLookedAtAgain();
    void trustQuestionOfARefreshLooksAgain();
    void restoredTokensAreServedOrRenewed_data();
    void restoredTokensAreServedOrRenewed();
    void restoringTriesAgain();
    void whatIsGoneForGoodEndsTheRestoring();
    void whatTheVaultTellsDuringASignInIsKeptInMind();
    void activeRefreshesWhenThePolicySays();
    void tokensWithoutARefreshTokenLastUntilTheirEnd();
    void refreshedTokensReplaceTheOld();
    void onlyAProvenRefusalEndsTheSession_data();
    void onlyAProvenRefusalEndsTheSession();
    void cellsOfConfirming();
    void newerTokensInTheVaultAreAdopted_data();
    void newerTokensInTheVaultAreAdopted();
    void lostAnswerIsRemembered();
    void asleepNothingIsSent();
    void withoutANetworkAttemptsAreRarer();
    void networkBackDoesNotHurryABusyAppliance();
    void sleepDropsTheRequest();
    void failuresAreCounted();
    void failureStandsWhileItIsTriedAgain();
    void waitingEndsAsThePolicySays();
    void signOutSaysGoodByeWithAGoodTokenOnly();

private:
    [[nodiscard]] std::optional<Step> stepFrom(
        const SessionState &state, const SessionEvent &event) const;
    [[nodiscard]] SessionState stateOf(Phase::Value phase) const;
    [[nodiscard]] SessionEvent eventAt(std::size_t index) const;
    [[nodiscard]] TokenSet tokens(int number = 1) const { return tokenSet(number, m_clock.now()); }
    [[nodiscard]] TokenSet tokensWithoutRefresh() const;

    FakeClock m_clock;
    bool m_isAsleep = false;
    bool m_hasNetwork = true;
    RefreshPolicy m_policy{[] {
        return 0.5;
    }};
    const PasswordGrant m_password{u"operator"_s, secret("password"), false};
    const MfaGrant m_mfa{secret("ticket"), secret("123456")};
};

void TestTransitions::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_isAsleep = false;
    m_hasNetwork = true;
}

std::optional<Step> TestTransitions::stepFrom(
    const SessionState &state, const SessionEvent &event) const
{
    return step(
        state, event, {m_clock.now(), anotherFingerprint(), m_policy, m_isAsleep, m_hasNetwork});
}

TokenSet TestTransitions::tokensWithoutRefresh() const
{
    TokenSet set = tokens();
    set.refreshToken = {};
    return set;
}

SessionState TestTransitions::stateOf(Phase::Value phase) const
{
    switch (phase) {
    case Phase::SignedOut:
        return state::SignedOut{};
    case Phase::Restoring:
        return state::Restoring{};
    case Phase::SigningIn:
        return state::SigningIn{{m_password, 0, {}}};
    case Phase::CodeNeeded:
        return state::CodeNeeded{secret("ticket"), 0, {}, {}};
    case Phase::TrustNeeded:
        return state::TrustNeeded{aCertificate(), {}, tokens(), {}};
    case Phase::Active:
        return state::Active{tokens(), m_clock.now() + 45min};
    case Phase::Refreshing:
        return state::Refreshing{tokens(), 0};
    case Phase::Waiting:
        return state::Waiting{tokens(), 1, m_clock.now() + 2s, error(Type::Offline)};
    }
    Q_UNREACHABLE();
}

SessionEvent TestTransitions::eventAt(std::size_t index) const
{
    const SessionEvent events[] = {granted(2, m_clock.now()), CodeAsked{secret("ticket")},
        Untrusted{aCertificate()}, error(Type::Offline), event::Restored{tokens()},
        event::NothingStored{}, event::StoreFailed{StoreError::Denied}, event::Restore{},
        event::SignIn{m_password}, event::Code{secret("123456")}, event::Trust{}, event::Decline{},
        event::Cancel{}, event::Demand{}, event::RefreshNow{}, event::SignOut{}, event::Due{},
        event::HoldBack{}, event::Sleep{}, event::Recheck{Cause::NetworkBack}};
    static_assert(std::size(events) == std::variant_size_v<SessionEvent>);
    Q_ASSERT(events[index].index() == index);
    return events[index];
}

void TestTransitions::everyCell_data()
{
    QTest::addColumn<Phase::Value>("phase");
    QTest::addColumn<int>("event");
    QTest::addColumn<QString>("expected");
    // Confirming has no phase of its own.
    constexpr std::size_t phases = std::variant_size_v<SessionState> - 1;
    for (std::size_t state = 0; state < phases; ++state) {
        const auto phase = static_cast<Phase::Value>(state);
        const Row row = rowOf(phase);
        for (std::size_t event = 0; event < std::size(eventNames); ++event) {
            const auto cell = std::ranges::find_if(
                row, [&](const Cell &c) { return qstrcmp(c.event, eventNames[event]) == 0; });
            const QString expected = cell == row.end()
                ? u"ignored"_s
                : keyOf(cell->next) + u": "_s + QString::fromLatin1(cell->effects);
            QTest::addRow("%s, %s", qPrintable(keyOf(phase)), eventNames[event])
                << phase << int(event) << expected;
        }
    }
}

void TestTransitions::everyCell()
{
    QFETCH(const Phase::Value, phase);
    QFETCH(const int, event);
    QFETCH(const QString, expected);
    QCOMPARE(phaseOf(stateOf(phase)), phase);
    const auto next = stepFrom(stateOf(phase), eventAt(static_cast<std::size_t>(event)));
    QCOMPARE(
        next ? keyOf(phaseOf(next->state)) + u": "_s + namesOf(*next) : u"ignored"_s, expected);
}

// The same state, when the question came up during a sign-in.
void TestTransitions::cellsOfATrustQuestionAtSignIn()
{
    const SessionState asked =
        state::TrustNeeded{aCertificate(), {}, SignInAttempt{m_password, 0, {}}, {}};
    for (std::size_t event = 0; event < std::size(eventNames); ++event) {
        const auto next = stepFrom(asked, eventAt(event));
        const QByteArray name = eventNames[event];
        QString expected = u"ignored"_s;
        if (name == "SignIn")
            expected = u"SigningIn: cancel send-password"_s;
        if (name == "Trust")
            expected = u"SigningIn: pin send-password"_s;
        if (name == "Decline" || name == "Cancel" || name == "Due")
            expected = u"SignedOut: "_s;
        if (name == "Restored")
            expected = u"TrustNeeded: "_s;
        if (name == "SignOut")
            expected = u"SignedOut: cancel forget"_s;
        QCOMPARE(
            next ? keyOf(phaseOf(next->state)) + u": "_s + namesOf(*next) : u"ignored"_s, expected);
    }
}

void TestTransitions::signInRemembersWhatTheSessionHad_data()
{
    QTest::addColumn<Phase::Value>("phase");
    QTest::addColumn<bool>("hadTokens");

    QTest::newRow("signed out") << Phase::SignedOut << false;
    QTest::newRow("restoring") << Phase::Restoring << false;
    QTest::newRow("signing in") << Phase::SigningIn << false;
    QTest::newRow("trust needed") << Phase::TrustNeeded << true;
    QTest::newRow("active") << Phase::Active << true;
    QTest::newRow("refreshing") << Phase::Refreshing << true;
    QTest::newRow("waiting") << Phase::Waiting << true;
}

void TestTransitions::signInRemembersWhatTheSessionHad()
{
    QFETCH(const Phase::Value, phase);
    QFETCH(const bool, hadTokens);
    const auto next = stepFrom(stateOf(phase), event::SignIn{m_password});
    const auto *signingIn = as<state::SigningIn>(next);
    QVERIFY(signingIn);
    QCOMPARE(signingIn->attempt.previous.has_value(), hadTokens);
    QVERIFY(std::get<PasswordGrant>(signingIn->attempt.grant).password == secret("password"));
    // The tokens are also kept through the code and another sign-in.
    const auto asked = stepFrom(next->state, CodeAsked{secret("ticket")});
    QCOMPARE(as<state::CodeNeeded>(asked)->previous.has_value(), hadTokens);
    const auto again = stepFrom(asked->state, event::SignIn{m_password});
    QCOMPARE(as<state::SigningIn>(again)->attempt.previous.has_value(), hadTokens);
}

void TestTransitions::refusedSignInKeepsTheTokens()
{
    const state::SigningIn from{{m_password, 0, tokens()}};
    AuthError later = error(Type::Rejected, 401);
    later.retryAfter = 1h; // said of passwords, and not of the tokens
    const auto next = stepFrom(from, later);
    const auto *waiting = as<state::Waiting>(next);
    QVERIFY(waiting);
    QVERIFY(remaining(waiting->retryAt, m_clock.now()) < 5s);
    QVERIFY(waiting->tokens.accessToken == secret("access-1"));
    QVERIFY(waiting->error == error(Type::Rejected, 401));
    QVERIFY(next->effects.isEmpty());
}

// There is no refresh token: the tokens are neither refreshed nor dropped early.
void TestTransitions::refusedSignInKeepsTokensThatCannotBeRefreshed()
{
    const state::SigningIn from{{m_password, 0, tokensWithoutRefresh()}};
    auto next = stepFrom(from, error(Type::Rejected, 401));
    QVERIFY(next);
    QVERIFY(reasonOf(next->state));
    QVERIFY(!stepFrom(next->state, event::RefreshNow{}));
    const auto wake = dueAt(next->state, m_clock.now());
    QVERIFY(wake);
    QCOMPARE(remaining(*wake, m_clock.now()), Milliseconds(1h));
    m_clock.advance(1h);
    next = stepFrom(next->state, event::Due{});
    QVERIFY(as<state::SignedOut>(next));
    QCOMPARE(as<state::SignedOut>(next)->reason->type, Type::Expired);
}

void TestTransitions::cancelledSignInGoesOnWithTheTokens()
{
    const SignInAttempt attempt{m_password, 0, tokens()};
    for (const SessionState &from : {SessionState(state::SigningIn{attempt}),
             SessionState(state::CodeNeeded{secret("ticket"), 0, {}, tokens()})}) {
        const auto next = stepFrom(from, event::Cancel{});
        QVERIFY(as<state::Active>(next));
        QVERIFY(as<state::Active>(next)->tokens.accessToken == secret("access-1"));
        QVERIFY(!effectIn<effect::Record>(next));
    }
    m_clock.advance(2h);
    const auto late = stepFrom(
        state::SigningIn{{m_password, 0, tokenSet(1, m_clock.now() - 2h)}}, event::Cancel{});
    QVERIFY(as<state::Refreshing>(late));
    QCOMPARE(namesOf(*late), u"cancel send-refresh"_s);
}

void TestTransitions::refusedPasswordIsTold_data()
{
    QTest::addColumn<Type>("type");
    for (const Type type : {Type::Offline, Type::Timeout, Type::ServerBusy, Type::Rejected,
             Type::BadReply, Type::TlsUntrusted})
        QTest::addRow("%s", qPrintable(error(type).name())) << type;
}

void TestTransitions::refusedPasswordIsTold()
{
    QFETCH(const Type, type);
    const auto next = stepFrom(stateOf(Phase::SigningIn), error(type, 401));
    QVERIFY(as<state::SignedOut>(next));
    QVERIFY(as<state::SignedOut>(next)->reason == error(type, 401));
}

void TestTransitions::refusedCodeMayBeTriedAgain()
{
    const state::SigningIn from{{m_mfa, 1, tokens()}};
    const auto next = stepFrom(from, error(Type::CodeRejected, 401));
    const auto *codeNeeded = as<state::CodeNeeded>(next);
    QVERIFY(codeNeeded);
    QVERIFY(codeNeeded->ticket == secret("ticket"));
    QCOMPARE(codeNeeded->tries, 2);
    QVERIFY(codeNeeded->refusal == error(Type::CodeRejected, 401));
    QVERIFY(codeNeeded->previous);
    const auto again = stepFrom(next->state, event::Code{secret("654321")});
    QCOMPARE(as<state::SigningIn>(again)->attempt.tries, 2);
    QVERIFY(as<state::SigningIn>(again)->attempt.previous);
}

void TestTransitions::clocksAreComparedWithEachAnswerAboutACode()
{
    const auto offset = [this](const SessionState &from, const SessionEvent &answer) {
        return SessionSnapshot::of(stepFrom(from, answer)->state, m_clock.now()).clockOffset;
    };
    CodeAsked asked{secret("ticket")};
    asked.trace.applianceTime = m_clock.now().wall + 95s;
    AuthError refused = error(Type::CodeRejected, 401);
    refused.trace.applianceTime = m_clock.now().wall - 40s;
    QCOMPARE(offset(state::SigningIn{{m_password, 0, {}}}, asked), 95s);
    QCOMPARE(offset(state::SigningIn{{m_mfa, 0, {}}}, refused), -40s);
    QVERIFY(!offset(state::SigningIn{{m_mfa, 0, {}}}, error(Type::CodeRejected, 401)));
}

void TestTransitions::connectionThatBreaksDoesNotCountAsATry()
{
    for (const Type type :
        {Type::Offline, Type::Timeout, Type::ServerBusy, Type::BadReply, Type::TlsUntrusted}) {
        const auto next = stepFrom(state::SigningIn{{m_mfa, 4, {}}}, error(type));
        QVERIFY(as<state::CodeNeeded>(next));
        QCOMPARE(as<state::CodeNeeded>(next)->tries, 4);
        QVERIFY(as<state::CodeNeeded>(next)->refusal == error(type));
    }
}

void TestTransitions::fiveRefusedCodesEndTheAttempt()
{
    SessionState state = stateOf(Phase::CodeNeeded);
    for (int tries = 1; tries <= 5; ++tries) {
        QCOMPARE(phaseOf(state), Phase::CodeNeeded);
        const auto asked = stepFrom(state, event::Code{secret("000000")});
        state = stepFrom(asked->state, error(Type::CodeRejected, 401))->state;
    }
    QCOMPARE(phaseOf(state), Phase::SignedOut);
    QVERIFY(reasonOf(state) == error(Type::Expired, 401));

    const auto kept =
        stepFrom(state::SigningIn{{m_mfa, 4, tokens()}}, error(Type::CodeRejected, 401));
    QVERIFY(as<state::Waiting>(kept));
    QCOMPARE(as<state::Waiting>(kept)->error.type, Type::Expired);
}

void TestTransitions::deadTicketEndsTheAttempt()
{
    for (const Type type : {Type::Expired, Type::Rejected}) {
        const auto next = stepFrom(state::SigningIn{{m_mfa, 0, {}}}, error(type, 400));
        QVERIFY(as<state::SignedOut>(next));
        QVERIFY(as<state::SignedOut>(next)->reason == error(type, 400));
        QVERIFY(next->effects.isEmpty());
    }
}

void TestTransitions::codeGoesWithItsTicket()
{
    const auto next = stepFrom(stateOf(Phase::CodeNeeded), event::Code{secret("123456")});
    const auto *send = effectIn<effect::Send>(next);
    QVERIFY(send);
    QVERIFY(std::get<MfaGrant>(send->grant).ticket == secret("ticket"));
    QVERIFY(std::get<MfaGrant>(send->grant).code == secret("123456"));
}

void TestTransitions::codeMakesASecondFactor()
{
    const auto withCode = stepFrom(state::SigningIn{{m_mfa, 0, {}}}, granted(1, m_clock.now()));
    QVERIFY(as<state::Active>(withCode)->tokens.identity.secondFactor);
    const auto without = stepFrom(stateOf(Phase::SigningIn), granted(1, m_clock.now()));
    QVERIFY(!as<state::Active>(without)->tokens.identity.secondFactor);
    QVERIFY(effectIn<effect::Record>(without));
}

void TestTransitions::trustResumesTheSignIn()
{
    const SignInAttempt attempt{m_password, 0, tokens()};
    const auto next = stepFrom(state::TrustNeeded{aCertificate(), {}, attempt, {}}, event::Trust{});
    QVERIFY(as<state::SigningIn>(next));
    QVERIFY(as<state::SigningIn>(next)->attempt.previous);
    QVERIFY(effectIn<effect::Pin>(next)->fingerprint == aCertificate().fingerprint);
    const auto *send = effectIn<effect::Send>(next);
    QVERIFY(std::get<PasswordGrant>(send->grant).password == secret("password"));
}

void TestTransitions::trustResumesTheCode()
{
    const auto asked = stepFrom(state::SigningIn{{m_mfa, 3, {}}}, Untrusted{aCertificate()});
    QVERIFY(as<state::TrustNeeded>(asked));
    const auto next = stepFrom(asked->state, event::Trust{});
    QVERIFY(as<state::SigningIn>(next));
    QCOMPARE(as<state::SigningIn>(next)->attempt.tries, 3);
    QCOMPARE(namesOf(*next), u"pin send-mfa"_s);
}

void TestTransitions::trustResumesTheRefresh()
{
    const auto next = stepFrom(stateOf(Phase::TrustNeeded), event::Trust{});
    QVERIFY(as<state::Refreshing>(next));
    const auto *send = effectIn<effect::Send>(next);
    QVERIFY(std::get<RefreshGrant>(send->grant).refreshToken == secret("refresh-1"));
}

void TestTransitions::trustQuestionShowsBothCertificates()
{
    for (const Phase::Value phase : {Phase::SigningIn, Phase::Refreshing}) {
        const auto next = stepFrom(stateOf(phase), Untrusted{aCertificate()});
        const auto *trustNeeded = as<state::TrustNeeded>(next);
        QVERIFY(trustNeeded);
        QVERIFY(trustNeeded->seen == aCertificate());
        QVERIFY(trustNeeded->pinned == anotherFingerprint());
    }
}

void TestTransitions::declinedTrustEndsTheSignIn()
{
    for (const SessionEvent &no : {SessionEvent(event::Decline{}), SessionEvent(event::Cancel{})}) {
        SignInAttempt attempt{m_password, 0, {}};
        auto next = stepFrom(state::TrustNeeded{aCertificate(), {}, attempt, {}}, no);
        QVERIFY(as<state::SignedOut>(next));
        QVERIFY(as<state::SignedOut>(next)->reason == error(Type::TlsUntrusted));
        attempt.previous = tokens();
        next = stepFrom(state::TrustNeeded{aCertificate(), {}, attempt, {}}, no);
        QVERIFY(as<state::Waiting>(next));
    }
}

void TestTransitions::declinedTrustGoesOnAsking()
{
    const auto next = stepFrom(stateOf(Phase::TrustNeeded), event::Decline{});
    QVERIFY(as<state::TrustNeeded>(next));
    QVERIFY(as<state::TrustNeeded>(next)->seen == aCertificate());
    QVERIFY(tokensOf(next->state)->accessToken == secret("access-1"));
    QVERIFY(as<state::TrustNeeded>(next)->retryAt == m_clock.now() + 50s);
}

void TestTransitions::certificateStaysInQuestionWhileItIsLookedAtAgain()
{
    for (const SessionEvent &event : {SessionEvent(event::Due{}), SessionEvent(event::RefreshNow{}),
             SessionEvent(event::Recheck{Cause::WokeUp})}) {
        const auto looking = stepFrom(stateOf(Phase::TrustNeeded), event);
        QVERIFY(as<state::Refreshing>(looking));
        const Certificate *certificate = certificateInQuestion(looking->state);
        QVERIFY(certificate && *certificate == aCertificate());
        QCOMPARE(standingReasonOf(looking->state)->type, Type::TlsUntrusted);
        QVERIFY(!reasonOf(looking->state)); // whoever asked for this attempt waits for its answer
        const auto good = stepFrom(looking->state, granted(2, m_clock.now()));
        QVERIFY(as<state::Active>(good) && !certificateInQuestion(good->state));
    }
}

void TestTransitions::certificateStaysInQuestionUntilARequestGoesOut()
{
    const SessionState looking = state::Refreshing{tokens(), 0, {}, aCertificate()};
    const auto unreachable = stepFrom(looking, error(Type::Offline));
    QVERIFY(as<state::TrustNeeded>(unreachable));
    QVERIFY(as<state::TrustNeeded>(unreachable)->seen == aCertificate());
    QVERIFY(as<state::TrustNeeded>(unreachable)->retryAt == m_clock.now() + 50s);
    const auto trusted = stepFrom(unreachable->state, event::Trust{});
    QCOMPARE(as<state::Refreshing>(trusted)->attempt, 1); // failures still count

    AuthError lost = error(Type::Timeout);
    lost.answerLost = true;
    QVERIFY(as<state::Waiting>(stepFrom(looking, lost)));
    QVERIFY(as<state::Waiting>(stepFrom(looking, error(Type::ServerBusy, 503))));
    QVERIFY(as<state::Waiting>(stepFrom(looking, event::Sleep{})));
    QVERIFY(as<state::Confirming>(stepFrom(looking, error(Type::Expired, 401))));
}

// The request under way went out under the old pin, so it is made again under the new one.
void TestTransitions::certificateIsTrustedWhileItIsLookedAtAgain()
{
    QVERIFY(!stepFrom(stateOf(Phase::Refreshing), event::Trust{}));
    Certificate certificate = aCertificate();
    certificate.fingerprint = anotherFingerprint();
    const auto trusted = stepFrom(state::Refreshing{tokens(), 0, {}, certificate}, event::Trust{});
    QVERIFY(trusted);
    QCOMPARE(namesOf(*trusted), u"pin"_s);
    QVERIFY(!certificateInQuestion(trusted->state) && !standingReasonOf(trusted->state));
    const auto again = stepFrom(trusted->state, Untrusted{certificate});
    QVERIFY(as<state::Refreshing>(again));
    QCOMPARE(namesOf(*again), u"send-refresh"_s);
    QVERIFY(as<state::TrustNeeded>(stepFrom(again->state, Untrusted{certificate}))); // but once
    m_isAsleep = true;
    QVERIFY(as<state::TrustNeeded>(stepFrom(trusted->state, Untrusted{certificate})));
}

void TestTransitions::trustQuestionOfARefreshLooksAgain()
{
    const auto next = stepFrom(stateOf(Phase::Refreshing), Untrusted{aCertificate()});
    QVERIFY(as<state::TrustNeeded>(next)->retryAt == m_clock.now() + 50s);
    const auto atSignIn = stepFrom(stateOf(Phase::SigningIn), Untrusted{aCertificate()});
    QVERIFY(as<state::TrustNeeded>(atSignIn)->retryAt == m_clock.now() + 10min);
}

void TestTransitions::restoredTokensAreServedOrRenewed_data()
{
    QTest::addColumn<int>("age"); // in minutes
    QTest::addColumn<bool>("canRefresh");
    QTest::addColumn<QString>("expected");

    QTest::newRow("good") << 10 << true << u"Active: "_s;
    QTest::newRow("due") << 50 << true << u"Active: "_s;
    QTest::newRow("lapsed") << 60 << true << u"Refreshing: send-refresh"_s;
    QTest::newRow("good for good") << 10 << false << u"Active: "_s;
    QTest::newRow("lapsed for good") << 60 << false << u"SignedOut: forget"_s;
}

void TestTransitions::restoredTokensAreServedOrRenewed()
{
    QFETCH(const int, age);
    QFETCH(const bool, canRefresh);
    QFETCH(const QString, expected);
    TokenSet set = tokenSet(1, m_clock.now() - std::chrono::minutes(age));
    if (!canRefresh)
        set.refreshToken = {};
    const auto next = stepFrom(state::Restoring{}, event::Restored{set});
    QVERIFY(next);
    QCOMPARE(keyOf(phaseOf(next->state)) + u": "_s + namesOf(*next), expected);
    if (const auto *active = as<state::Active>(next)) {
        const Instant at = set.grantedAt + (canRefresh ? 45min : 60min);
        QVERIFY(active->refreshAt == at);
    }
}

void TestTransitions::restoringTriesAgain()
{
    const auto failed = stepFrom(state::Restoring{}, event::StoreFailed{StoreError::Denied});
    QVERIFY(as<state::Restoring>(failed)->waitingFor == StoreError::Denied);
    QVERIFY(!dueAt(failed->state, m_clock.now())); // the vault repeats the attempt by itself
    const auto again = stepFrom(failed->state, event::RefreshNow{});
    QVERIFY(as<state::Restoring>(again)->waitingFor == StoreError::Denied);
    QVERIFY(effectIn<effect::ReadVault>(again));
}

// A record exists, but can never be read again.
void TestTransitions::whatIsGoneForGoodEndsTheRestoring()
{
    for (const StoreError gone : {StoreError::KeyMissing, StoreError::Damaged}) {
        const auto next = stepFrom(state::Restoring{}, event::StoreFailed{gone});
        QVERIFY(as<state::SignedOut>(next));
        QVERIFY(*as<state::SignedOut>(next)->reason == authErrorFrom(gone));
        QVERIFY(next->effects.isEmpty());
    }
}

void TestTransitions::whatTheVaultTellsDuringASignInIsKeptInMind()
{
    const SignInAttempt attempt{m_password, 0, {}};
    for (const SessionState &from : {SessionState(state::SigningIn{attempt}),
             SessionState(state::CodeNeeded{secret("ticket"), 0, {}, {}}),
             SessionState(state::TrustNeeded{aCertificate(), {}, attempt, {}})}) {
        const auto next = stepFrom(from, event::Restored{tokens()});
        QVERIFY(next && next->effects.isEmpty());
        QCOMPARE(next->state.index(), from.index());
        const auto later = stepFrom(next->state, event::Restored{tokens(2)});
        QVERIFY(tokensOf(later->state)->accessToken == secret("access-1"));
        QVERIFY(as<state::Active>(stepFrom(next->state, event::Cancel{}))
            || as<state::Waiting>(stepFrom(next->state, event::Cancel{})));
    }
}

void TestTransitions::activeRefreshesWhenThePolicySays()
{
    const auto next = stepFrom(stateOf(Phase::SigningIn), granted(1, m_clock.now()));
    QVERIFY(as<state::Active>(next)->refreshAt == m_policy.refreshAt(tokens()));
}

void TestTransitions::tokensWithoutARefreshTokenLastUntilTheirEnd()
{
    Granted answer = granted(1, m_clock.now());
    answer.reply.refreshToken = {};
    const auto next = stepFrom(stateOf(Phase::SigningIn), answer);
    const auto *active = as<state::Active>(next);
    QVERIFY(active);
    QVERIFY(active->refreshAt == active->tokens.accessEnd);
    QVERIFY(!stepFrom(next->state, event::Demand{}));
    QVERIFY(!stepFrom(next->state, event::RefreshNow{}));
    const auto end = stepFrom(next->state, event::Due{});
    QVERIFY(as<state::SignedOut>(end));
    QCOMPARE(as<state::SignedOut>(end)->reason->type, Type::Expired);
    QCOMPARE(namesOf(*end), u"forget"_s);
}

void TestTransitions::refreshedTokensReplaceTheOld()
{
    Granted answer = granted(2, m_clock.now());
    const auto next = stepFrom(stateOf(Phase::Refreshing), answer);
    QVERIFY(as<state::Active>(next)->tokens.refreshToken == secret("refresh-2"));
    QVERIFY(effectIn<effect::Record>(next));
    answer.reply.refreshToken = {};
    const auto kept = stepFrom(stateOf(Phase::Refreshing), answer);
    QVERIFY(as<state::Active>(kept)->tokens.refreshToken == secret("refresh-1"));
}

void TestTransitions::onlyAProvenRefusalEndsTheSession_data()
{
    QTest::addColumn<Type>("type");
    const auto types = QMetaEnum::fromType<Type>();
    for (int index = 0; index < types.keyCount(); ++index)
        QTest::newRow(types.key(index)) << static_cast<Type>(types.value(index));
}

void TestTransitions::onlyAProvenRefusalEndsTheSession()
{
    QFETCH(const Type, type);
    const auto next = stepFrom(state::Refreshing{tokens(), 0}, error(type, 401));
    if (type != Type::Expired) {
        QVERIFY(as<state::Waiting>(next));
        QVERIFY(as<state::Waiting>(next)->tokens.refreshToken == secret("refresh-1"));
        return;
    }
    QVERIFY(as<state::Confirming>(next)); // the vault has the final say
    QCOMPARE(phaseOf(next->state), Phase::Refreshing);
    QVERIFY(effectIn<effect::ReadVault>(next));
    QCOMPARE(dueAt(next->state, m_clock.now()), m_clock.now() + 10s); // but not for ever
    const auto end = stepFrom(next->state, event::NothingStored{});
    QVERIFY(as<state::SignedOut>(end));
    QCOMPARE(as<state::SignedOut>(end)->reason->type, Type::Expired);
    QVERIFY(effectIn<effect::Forget>(end));
}

// Reported as Refreshing, but a state of its own.
void TestTransitions::cellsOfConfirming()
{
    const SessionState refused = state::Confirming{tokens(), error(Type::Expired, 401), {}};
    for (std::size_t event = 0; event < std::size(eventNames); ++event) {
        const auto next = stepFrom(refused, eventAt(event));
        const QByteArray name = eventNames[event];
        QString expected = u"ignored"_s;
        if (name == "Restored" || name == "NothingStored")
            expected = u"SignedOut: forget"_s;
        if (name == "StoreFailed" || name == "Due") // an unread record is not erased
            expected = u"SignedOut: leave-unread"_s;
        if (name == "SignIn")
            expected = u"SigningIn: cancel send-password"_s;
        if (name == "SignOut")
            expected = u"SignedOut: log-out cancel forget"_s;
        const QString got =
            next ? keyOf(phaseOf(next->state)) + u": "_s + namesOf(*next) : u"ignored"_s;
        QVERIFY2(got == expected, qPrintable(QString::fromLatin1(name) + u": "_s + got));
    }
}

void TestTransitions::newerTokensInTheVaultAreAdopted_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<qint64>("later");
    QTest::addColumn<Phase::Value>("expected");

    QTest::newRow("newer") << 2 << qint64(60) << Phase::Active;
    QTest::newRow("newer, lapsed meanwhile") << 2 << qint64(-1) << Phase::Refreshing;
    QTest::newRow("our own") << 1 << qint64(60) << Phase::SignedOut;
    QTest::newRow("older") << 2 << qint64(-7200) << Phase::SignedOut;
}

void TestTransitions::newerTokensInTheVaultAreAdopted()
{
    QFETCH(const int, number);
    QFETCH(const qint64, later);
    QFETCH(const Phase::Value, expected);
    const Instant now = m_clock.now();
    const TokenSet ours = tokenSet(1, now - 2h);
    const auto grantedAt = later == -1 ? now - 90min : ours.grantedAt + std::chrono::seconds(later);
    TokenSet stored = tokenSet(number, grantedAt);
    if (later == 60)
        stored.accessEnd = now + 30min;
    const auto next =
        stepFrom(state::Confirming{ours, error(Type::Expired, 401), {}}, event::Restored{stored});
    QVERIFY(next);
    QCOMPARE(phaseOf(next->state), expected);
    if (expected != Phase::SignedOut)
        QVERIFY(tokensOf(next->state)->refreshToken == stored.refreshToken);
}

void TestTransitions::lostAnswerIsRemembered()
{
    AuthError lost = error(Type::Timeout);
    lost.answerLost = true;
    const auto waiting = stepFrom(state::Refreshing{tokens(), 0}, lost);
    QVERIFY(as<state::Waiting>(waiting)->tokens.isRenewalInDoubt);
    const auto again = stepFrom(waiting->state, event::RefreshNow{});
    const auto refused = stepFrom(again->state, error(Type::Expired, 401));
    const auto end = stepFrom(refused->state, event::NothingStored{});
    QVERIFY(as<state::SignedOut>(end)->reason->answerLost);

    const auto renewed = stepFrom(again->state, granted(2, m_clock.now()));
    QVERIFY(!as<state::Active>(renewed)->tokens.isRenewalInDoubt);
}

void TestTransitions::asleepNothingIsSent()
{
    m_isAsleep = true;
    const Instant look = m_clock.now() + 5min;
    for (const SessionEvent &event : {SessionEvent(event::Due{}), SessionEvent(event::Demand{})}) {
        const auto next = stepFrom(state::Active{tokens(), m_clock.now()}, event);
        QVERIFY(as<state::Waiting>(next));
        QCOMPARE(as<state::Waiting>(next)->error.type, Type::Offline);
        QCOMPARE(as<state::Waiting>(next)->retryAt, look);
        QVERIFY(next->effects.isEmpty());
    }
    const TokenSet lapsed = tokenSet(1, m_clock.now() - 2h);
    QVERIFY(as<state::Waiting>(stepFrom(state::Restoring{}, event::Restored{lapsed})));
    const SessionState waiting = state::Waiting{lapsed, 0, look, error(Type::Offline)};
    QVERIFY(as<state::Waiting>(stepFrom(waiting, event::Due{}))); // announces the lapse only
    QVERIFY(!stepFrom(waiting, event::Recheck{Cause::WokeUp}));
    QVERIFY(!stepFrom(stateOf(Phase::TrustNeeded), event::Recheck{Cause::WokeUp}));
    QVERIFY(as<state::TrustNeeded>(stepFrom(stateOf(Phase::TrustNeeded), event::Due{})));
    QVERIFY(as<state::Refreshing>(stepFrom(waiting, event::RefreshNow{})));
    m_isAsleep = false;
    QVERIFY(as<state::Refreshing>(stepFrom(waiting, event::Recheck{Cause::NetworkBack})));
}

// The network is only a hint: refreshes that are due are tried, and a demand causes an attempt.
void TestTransitions::withoutANetworkAttemptsAreRarer()
{
    m_hasNetwork = false;
    for (const SessionEvent &event : {SessionEvent(event::Due{}), SessionEvent(event::Demand{})})
        QVERIFY(as<state::Refreshing>(stepFrom(state::Active{tokens(), m_clock.now()}, event)));
    const auto failed = stepFrom(state::Refreshing{tokens(), 0}, error(Type::Offline));
    const Instant retryAt = as<state::Waiting>(failed)->retryAt;
    QVERIFY(retryAt == m_policy.retryWithoutNetworkAt(1, m_clock.now()));
    QVERIFY(as<state::Waiting>(stepFrom(failed->state, event::Due{}))); // announces the lapse only
    QVERIFY(as<state::Refreshing>(stepFrom(failed->state, event::Demand{})));
    m_hasNetwork = true;
    QVERIFY(!stepFrom(failed->state, event::Demand{}));
    m_hasNetwork = false;
    m_clock.advance(2min);
    QVERIFY(as<state::Refreshing>(stepFrom(failed->state, event::Due{})));
    QVERIFY(as<state::Refreshing>(stepFrom(stateOf(Phase::TrustNeeded), event::Due{})));
    const SessionState busy = state::Waiting{tokens(), 1, retryAt, error(Type::ServerBusy, 429)};
    QVERIFY(!stepFrom(busy, event::Demand{}));
}

void TestTransitions::networkBackDoesNotHurryABusyAppliance()
{
    const Instant asked = m_clock.now() + 5min;
    const SessionState waiting = state::Waiting{tokens(), 1, asked, error(Type::ServerBusy, 429)};
    m_isAsleep = true;
    m_clock.advance(5min);
    QCOMPARE(as<state::Waiting>(stepFrom(waiting, event::Due{}))->error.type, Type::Offline);
    m_isAsleep = false;
    m_clock.advance(-5min);

    const SessionState busy =
        state::Waiting{tokens(), 1, m_clock.now() + 5min, error(Type::ServerBusy, 429)};
    QVERIFY(!stepFrom(busy, event::Recheck{Cause::NetworkBack}));
}

void TestTransitions::sleepDropsTheRequest()
{
    const auto next = stepFrom(state::Refreshing{tokens(), 2}, event::Sleep{});
    const auto *waiting = as<state::Waiting>(next);
    QVERIFY(waiting && waiting->tokens.isRenewalInDoubt);
    QCOMPARE(waiting->attempt, 2);
    const auto code = stepFrom(state::SigningIn{{m_mfa, 0, {}}}, event::Sleep{});
    QVERIFY(as<state::CodeNeeded>(code)); // the ticket may outlive the sleep
}

void TestTransitions::failuresAreCounted()
{
    SessionState state = stateOf(Phase::Refreshing);
    for (int attempt = 1; attempt <= 20; ++attempt) {
        const auto failed = stepFrom(state, error(Type::Offline));
        QCOMPARE(as<state::Waiting>(failed)->attempt, attempt);
        QVERIFY(as<state::Waiting>(failed)->tokens.accessToken == secret("access-1"));
        state = stepFrom(failed->state, event::Due{})->state;
        QCOMPARE(std::get<state::Refreshing>(state).attempt, attempt);
    }
}

void TestTransitions::failureStandsWhileItIsTriedAgain()
{
    for (const SessionEvent &event : {SessionEvent(event::Due{}), SessionEvent(event::RefreshNow{}),
             SessionEvent(event::Recheck{Cause::NetworkBack})}) {
        const auto again = stepFrom(stateOf(Phase::Waiting), event);
        QVERIFY(as<state::Refreshing>(again));
        QVERIFY(standingReasonOf(again->state) == error(Type::Offline));
        QVERIFY(!reasonOf(again->state));
    }
    const auto first = stepFrom(stateOf(Phase::Active), event::Due{});
    QVERIFY(!standingReasonOf(first->state));
}

void TestTransitions::waitingEndsAsThePolicySays()
{
    const AuthError busy{Type::ServerBusy, 503, 90s, {}};
    const auto next = stepFrom(state::Refreshing{tokens(), 2}, busy);
    QVERIFY(
        as<state::Waiting>(next)->retryAt == m_policy.retryAt(tokens(), 3, busy, m_clock.now()));
    QVERIFY(as<state::Waiting>(next)->error == busy);
}

void TestTransitions::signOutSaysGoodByeWithAGoodTokenOnly()
{
    const auto good = stepFrom(stateOf(Phase::Active), event::SignOut{});
    QVERIFY(effectIn<effect::LogOut>(good)->farewell.accessToken == secret("access-1"));
    QVERIFY(!as<state::SignedOut>(good)->reason);
    const auto lapsed =
        stepFrom(state::Waiting{tokenSet(1, m_clock.now() - 1h), 1, {}, {}}, event::SignOut{});
    QCOMPARE(namesOf(*lapsed), u"cancel forget"_s);
}

QTEST_GUILESS_MAIN(TestTransitions)
#include "tst_transitions.moc"
