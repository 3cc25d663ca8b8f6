// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/transitions.h"

#include "base/overloaded.h"

using namespace std::chrono_literals;

namespace latchkey {

namespace {

using namespace state;
using namespace event;

//! Codes that may be refused before the ticket is taken for dead.
constexpr int mostTries = 5;
constexpr Milliseconds vaultPause = 5s;
constexpr Milliseconds trustPause = 50s;
//! How long a vault may take to tell of newer tokens, once the appliance has refused ours.
constexpr Milliseconds adoptionPatience = 10s;
//! How long a question to a person stays open.
constexpr Milliseconds questionLife = 10min;

Step signIn(const SignInAttempt &attempt)
{
    return {SigningIn{attempt}, {effect::Send{attempt.grant}}};
}

Step refresh(const TokenSet &tokens, int attempt = 0)
{
    return {Refreshing{tokens, attempt}, {effect::Send{RefreshGrant{tokens.refreshToken}}}};
}

Step expire(AuthError reason)
{
    reason.kind = AuthError::Kind::Expired;
    return {SignedOut{reason}, {effect::Forget{}}};
}

Instant tryAgainAt(const TokenSet &tokens, int attempt, const AuthError &error, const Situation &s)
{
    if (tokens.refreshToken.isEmpty())
        return tokens.accessEnd;
    return s.isOffline ? RefreshPolicy::lookAt(s.now)
                       : s.policy.retryAt(tokens, attempt, error, s.now);
}

Step wait(const TokenSet &tokens, int attempt, const AuthError &error, const Situation &s)
{
    const Instant at = tryAgainAt(tokens, attempt, error, s);
    return {Waiting{tokens, attempt, at, error}, {}};
}

Step waitForNetwork(const TokenSet &tokens, const Situation &s, int attempt = 0)
{
    return wait(tokens, attempt, {AuthError::Kind::Offline, 0, {}, {}}, s);
}

//! The access token's time has come. Without a refresh token that is the end of the session.
Step renew(const TokenSet &tokens, const Situation &s)
{
    if (tokens.refreshToken.isEmpty())
        return expire({});
    return s.isOffline ? waitForNetwork(tokens, s) : refresh(tokens);
}

std::optional<Step> renewEarly(const TokenSet &tokens, int attempt = 0)
{
    return tokens.refreshToken.isEmpty() ? std::nullopt : std::optional(refresh(tokens, attempt));
}

std::optional<Step> renewOnDemand(const TokenSet &tokens, const Situation &s)
{
    if (s.isOffline && !tokens.refreshToken.isEmpty())
        return waitForNetwork(tokens, s);
    return renewEarly(tokens);
}

Step activate(const TokenSet &tokens, const Situation &s)
{
    const Instant at =
        tokens.refreshToken.isEmpty() ? tokens.accessEnd : s.policy.refreshAt(tokens);
    return {Active{tokens, at}, {effect::Record{}}};
}

//! What was stored is not stored again. Its access token is served at once if it is still good.
Step resume(const TokenSet &tokens, const Situation &s)
{
    if (!tokens.hasGoodAccess(s.now))
        return renew(tokens, s);
    return {activate(tokens, s).state, {}};
}

//! A sign-in came to nothing. What the session had before it goes on.
Step giveUp(const std::optional<TokenSet> &previous, const std::optional<AuthError> &reason,
    const Situation &s)
{
    if (!previous)
        return {SignedOut{reason}, {}};
    return reason ? wait(*previous, 1, *reason, s) : resume(*previous, s);
}

Step askCode(const SignInAttempt &attempt, const CodeAsked &asked, const Situation &s)
{
    return {CodeNeeded{asked.ticket, 0, {}, attempt.previous, s.now + questionLife}, {}};
}

//! A refused password ends the attempt; a code may be tried again while its ticket lives, also
//! after a connection that broke in between.
Step refuse(const SignInAttempt &attempt, const AuthError &error, const Situation &s)
{
    const auto *mfa = std::get_if<MfaGrant>(&attempt.grant);
    const int tries = attempt.tries + (error.kind == AuthError::Kind::CodeRejected ? 1 : 0);
    if (!mfa || error.kind == AuthError::Kind::Expired || error.kind == AuthError::Kind::Rejected)
        return giveUp(attempt.previous, error, s);
    if (tries >= mostTries) {
        const AuthError worn{AuthError::Kind::Expired, error.httpStatus, {}, error.detail};
        return giveUp(attempt.previous, worn, s);
    }
    return {CodeNeeded{mfa->ticket, tries, error, attempt.previous, s.now + questionLife}, {}};
}

Step retryCode(const CodeNeeded &from, const Code &event)
{
    return signIn({MfaGrant{from.ticket, event.code}, from.tries, from.previous});
}

Step finishSignIn(const SignInAttempt &attempt, const Granted &granted, const Situation &s)
{
    const bool codeWasAsked = std::holds_alternative<MfaGrant>(attempt.grant);
    return activate(TokenSet::from(granted, codeWasAsked), s);
}

//! Only a refusal that is proven ends a session; everything else is waited out. And before it
//! ends, the vault is asked whether another Latchkey has gone on with it.
Step endOrWait(const Refreshing &from, AuthError error, const Situation &s)
{
    TokenSet tokens = from.tokens;
    tokens.isRenewalInDoubt |= error.answerLost;
    if (error.kind != AuthError::Kind::Expired)
        return wait(tokens, from.attempt + 1, error, s);
    error.answerLost = tokens.isRenewalInDoubt;
    return {
        Refreshing{tokens, from.attempt, error, s.now + adoptionPatience}, {effect::ReadVault{}}};
}

std::optional<Step> adoptOrEnd(const Refreshing &from, const TokenSet &stored, const Situation &s)
{
    if (!from.refusal)
        return {};
    return from.tokens.isSucceededBy(stored) ? resume(stored, s) : expire(*from.refusal);
}

std::optional<Step> end(const Refreshing &from)
{
    return from.refusal ? std::optional(expire(*from.refusal)) : std::nullopt;
}

//! What could not be read is not erased either: it may be what another Latchkey goes on with.
std::optional<Step> endUnread(const Refreshing &from)
{
    return from.refusal ? std::optional(Step{SignedOut{from.refusal}, {}}) : std::nullopt;
}

//! The request would hang until the machine wakes up, and longer.
std::optional<Step> drop(const Refreshing &from, const Situation &s)
{
    if (from.refusal)
        return {};
    AuthError dropped{AuthError::Kind::Offline, 0, {}, {}};
    dropped.answerLost = s.isRequestSent;
    Step next = wait(from.tokens, from.attempt, dropped, s);
    std::get<Waiting>(next.state).tokens.isRenewalInDoubt |= s.isRequestSent;
    next.effects.append(effect::CancelRequest{});
    return next;
}

Step drop(const SigningIn &from, const Situation &s)
{
    Step next = refuse(from.attempt, {AuthError::Kind::Offline, 0, {}, {}}, s);
    next.effects.append(effect::CancelRequest{});
    return next;
}

std::optional<Step> hurry(const Refreshing &from)
{
    return Step{from, {effect::Hurry{}}};
}

//! Woken to try again, or because the access token lapses, which has only to be told.
Step tryAgain(const Waiting &from, const Situation &s)
{
    const bool isDue = remaining(from.retryAt, s.now) <= Milliseconds::zero();
    if (s.isOffline && !isDue)
        return {from, {}};
    if (s.isOffline && from.error.kind == AuthError::Kind::ServerBusy)
        return waitForNetwork(from.tokens, s, from.attempt);
    return from.tokens.refreshToken.isEmpty() ? expire({}) : refresh(from.tokens, from.attempt);
}

//! What was to be tried before the next look is not. What an appliance asked for stands.
std::optional<Step> waitLonger(Waiting from, const Situation &s)
{
    const Instant look = RefreshPolicy::lookAt(s.now);
    if (from.error.kind == AuthError::Kind::ServerBusy || from.tokens.refreshToken.isEmpty()
        || remaining(from.retryAt, look) >= Milliseconds::zero())
        return {};
    from.retryAt = look;
    return Step{from, {}};
}

//! An appliance that asked to come back later is not asked earlier.
std::optional<Step> tryEarly(const Waiting &from, const Situation &s)
{
    if (s.isOffline || from.error.kind == AuthError::Kind::ServerBusy)
        return {};
    return renewEarly(from.tokens, from.attempt);
}

Step trust(const TrustNeeded &from)
{
    Step next = std::visit(Overloaded{
                               [](const SignInAttempt &attempt) { return signIn(attempt); },
                               [](const TokenSet &tokens) { return refresh(tokens); },
                           },
        from.resume);
    next.effects.prepend(effect::Pin{from.seen.fingerprint});
    return next;
}

Step decline(const TrustNeeded &from, const Situation &s)
{
    const AuthError reason{AuthError::Kind::TlsUntrusted, 0, {}, {}};
    if (const auto *attempt = std::get_if<SignInAttempt>(&from.resume))
        return giveUp(attempt->previous, reason, s);
    return {Waiting{std::get<TokenSet>(from.resume), 1, s.now + trustPause, reason}, {}};
}

std::optional<Step> lookAgain(const TrustNeeded &from)
{
    const auto *tokens = std::get_if<TokenSet>(&from.resume);
    return tokens ? std::optional(refresh(*tokens)) : std::nullopt;
}

Step lookAgainOrGiveUp(TrustNeeded from, const Situation &s)
{
    if (const auto *attempt = std::get_if<SignInAttempt>(&from.resume))
        return giveUp(attempt->previous, {}, s);
    if (s.isOffline) {
        from.retryAt = RefreshPolicy::lookAt(s.now);
        return {from, {}};
    }
    return refresh(std::get<TokenSet>(from.resume));
}

Step lookInVault(const Restoring &from)
{
    return {Restoring{from.waitingFor, {}}, {effect::ReadVault{}}};
}

Step cancelSignIn(const SigningIn &from, const Situation &s)
{
    Step next = giveUp(from.attempt.previous, {}, s);
    next.effects.prepend(effect::CancelRequest{});
    return next;
}

Step askAboutTrust(const SignInAttempt &attempt, const Untrusted &event, const Situation &s)
{
    return {TrustNeeded{event.certificate, s.pin, attempt, s.now + questionLife}, {}};
}

Step askAboutTrust(const TokenSet &tokens, const Untrusted &event, const Situation &s)
{
    return {TrustNeeded{event.certificate, s.pin, tokens, s.now + trustPause}, {}};
}

template<typename State> Step startOver(const State &from, const SignIn &event)
{
    const SessionState state = from; // the pointer is into it
    const TokenSet *previous = tokensOf(state);
    Step next = signIn({event.grant, 0, previous ? std::optional(*previous) : std::nullopt});
    next.effects.prepend(effect::CancelRequest{});
    return next;
}

template<typename State> Step signOut(const State &from, const Situation &s)
{
    Step next{SignedOut{}, {effect::CancelRequest{}, effect::Forget{}}};
    const SessionState state = from; // the pointer is into it
    const TokenSet *tokens = tokensOf(state);
    if (tokens && tokens->hasGoodAccess(s.now))
        next.effects.prepend(effect::LogOut{tokens->accessToken});
    return next;
}

} // namespace

std::optional<Step> step(const SessionState &state, const SessionEvent &event, const Situation &s)
{
    using Next = std::optional<Step>;
    // clang-format off
    return std::visit(Overloaded{
        [&](const auto &from, const SignIn &e) -> Next { return startOver(from, e); },
        [&](const auto &from, const SignOut &) -> Next { return signOut(from, s); },

        [&](const SignedOut &, const Restore &) -> Next { return lookInVault({}); },
        [&](const SignedOut &, const Restored &e) -> Next { return resume(e.tokens, s); },

        [&](const Restoring &, const Restored &e) -> Next { return resume(e.tokens, s); },
        [&](const Restoring &, const NothingStored &) -> Next { return Step{SignedOut{}, {}}; },
        [&](const Restoring &, const StoreFailed &e) -> Next { return Step{Restoring{e.error, s.now + vaultPause}, {}}; },
        [&](const Restoring &from, const Wake &) -> Next { return lookInVault(from); },
        [&](const Restoring &from, const RefreshNow &) -> Next { return lookInVault(from); },
        [&](const Restoring &from, const LookAgain &) -> Next { return lookInVault(from); },
        [&](const Restoring &, const Cancel &) -> Next { return Step{SignedOut{}, {}}; },

        [&](const SigningIn &from, const Granted &e) -> Next { return finishSignIn(from.attempt, e, s); },
        [&](const SigningIn &from, const CodeAsked &e) -> Next { return askCode(from.attempt, e, s); },
        [&](const SigningIn &from, const Untrusted &e) -> Next { return askAboutTrust(from.attempt, e, s); },
        [&](const SigningIn &from, const AuthError &e) -> Next { return refuse(from.attempt, e, s); },
        [&](const SigningIn &from, const Cancel &) -> Next { return cancelSignIn(from, s); },
        [&](const SigningIn &from, const Sleep &) -> Next { return drop(from, s); },

        [&](const CodeNeeded &from, const Code &e) -> Next { return retryCode(from, e); },
        [&](const CodeNeeded &from, const Cancel &) -> Next { return giveUp(from.previous, {}, s); },
        [&](const CodeNeeded &from, const Wake &) -> Next { return giveUp(from.previous, {}, s); },

        [&](const TrustNeeded &from, const Trust &) -> Next { return trust(from); },
        [&](const TrustNeeded &from, const Decline &) -> Next { return decline(from, s); },
        [&](const TrustNeeded &from, const Cancel &) -> Next { return decline(from, s); },
        [&](const TrustNeeded &from, const RefreshNow &) -> Next { return lookAgain(from); },
        [&](const TrustNeeded &from, const LookAgain &) -> Next { return s.isOffline ? Next() : lookAgain(from); },
        [&](const TrustNeeded &from, const Wake &) -> Next { return lookAgainOrGiveUp(from, s); },

        [&](const Active &from, const Wake &) -> Next { return renew(from.tokens, s); },
        [&](const Active &from, const Demand &) -> Next { return renewOnDemand(from.tokens, s); },
        [&](const Active &from, const RefreshNow &) -> Next { return renewEarly(from.tokens); },

        [&](const Refreshing &from, const Granted &e) -> Next { return activate(TokenSet::from(e, from.tokens), s); },
        [&](const Refreshing &from, const AuthError &e) -> Next { return endOrWait(from, e, s); },
        [&](const Refreshing &from, const Untrusted &e) -> Next { return askAboutTrust(from.tokens, e, s); },
        [&](const Refreshing &from, const Restored &e) -> Next { return adoptOrEnd(from, e.tokens, s); },
        [&](const Refreshing &from, const NothingStored &) -> Next { return end(from); },
        [&](const Refreshing &from, const StoreFailed &) -> Next { return endUnread(from); },
        [&](const Refreshing &from, const Demand &) -> Next { return hurry(from); },
        [&](const Refreshing &from, const RefreshNow &) -> Next { return hurry(from); },
        [&](const Refreshing &from, const Offline &) -> Next { return s.isRequestSent ? Next() : drop(from, s); },
        [&](const Refreshing &from, const Sleep &) -> Next { return drop(from, s); },
        [&](const Refreshing &from, const Wake &) -> Next { return from.refusal ? endUnread(from) : Step{from, {}}; },

        [&](const Waiting &from, const Wake &) -> Next { return tryAgain(from, s); },
        [&](const Waiting &from, const LookAgain &) -> Next { return tryEarly(from, s); },
        [&](const Waiting &from, const Offline &) -> Next { return waitLonger(from, s); },
        [&](const Waiting &from, const RefreshNow &) -> Next { return renewEarly(from.tokens, from.attempt); },

        [&](const auto &, const auto &) -> Next { return {}; },
    }, state, event);
    // clang-format on
}

Cause::Value causeOf(const SessionEvent &event)
{
    return std::visit(Overloaded{
                          [](const Granted &) { return Cause::Granted; },
                          [](const CodeAsked &) { return Cause::CodeAsked; },
                          [](const Untrusted &) { return Cause::CertificateUnknown; },
                          [](const AuthError &) { return Cause::Failed; },
                          [](const Restored &) { return Cause::Restored; },
                          [](const NothingStored &) { return Cause::NothingStored; },
                          [](const StoreFailed &) { return Cause::StoreFailed; },
                          [](const Restore &) { return Cause::Started; },
                          [](const SignIn &) { return Cause::SignInAsked; },
                          [](const Code &) { return Cause::CodeEntered; },
                          [](const Trust &) { return Cause::Trusted; },
                          [](const Decline &) { return Cause::Declined; },
                          [](const Cancel &) { return Cause::Cancelled; },
                          [](const Demand &) { return Cause::Demanded; },
                          [](const RefreshNow &) { return Cause::RefreshAsked; },
                          [](const SignOut &) { return Cause::SignOutAsked; },
                          [](const Wake &) { return Cause::Due; },
                          [](const Offline &) { return Cause::NetworkLost; },
                          [](const Sleep &) { return Cause::FellAsleep; },
                          [](const LookAgain &e) { return e.why; },
                      },
        event);
}

} // namespace latchkey
