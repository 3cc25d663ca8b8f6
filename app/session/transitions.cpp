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
constexpr Milliseconds trustPause = 60s;
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

//! The access token's time has come. Without a refresh token that is the end of the session.
Step renew(const TokenSet &tokens, int attempt = 0)
{
    return tokens.refreshToken.isEmpty() ? expire({}) : refresh(tokens, attempt);
}

std::optional<Step> renewEarly(const TokenSet &tokens, int attempt = 0)
{
    return tokens.refreshToken.isEmpty() ? std::nullopt : std::optional(refresh(tokens, attempt));
}

Step activate(const TokenSet &tokens, const Situation &s)
{
    const Instant at =
        tokens.refreshToken.isEmpty() ? tokens.accessEnd : s.policy.refreshAt(tokens);
    return {Active{tokens, at}, {effect::Record{tokens}}};
}

//! What was stored is not stored again. Its access token is served at once if it is still good.
Step resume(const TokenSet &tokens, const Situation &s)
{
    if (!tokens.hasGoodAccess(s.now))
        return renew(tokens);
    return {activate(tokens, s).state, {}};
}

Step wait(const TokenSet &tokens, int attempt, const AuthError &error, const Situation &s)
{
    const Instant at = tokens.refreshToken.isEmpty()
        ? tokens.accessEnd
        : s.policy.retryAt(tokens, attempt, error, s.now);
    return {Waiting{tokens, attempt, at, error}, {}};
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

//! Only a refusal that is proven ends a session; everything else is waited out.
Step endOrWait(const Refreshing &from, const AuthError &error, const Situation &s)
{
    if (error.kind == AuthError::Kind::Expired)
        return expire(error);
    return wait(from.tokens, from.attempt + 1, error, s);
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

Step lookAgainOrGiveUp(const TrustNeeded &from, const Situation &s)
{
    if (const auto *attempt = std::get_if<SignInAttempt>(&from.resume))
        return giveUp(attempt->previous, {}, s);
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

        [&](const Restoring &, const Restored &e) -> Next { return resume(e.tokens, s); },
        [&](const Restoring &, const NothingStored &) -> Next { return Step{SignedOut{}, {}}; },
        [&](const Restoring &, const StoreFailed &e) -> Next { return Step{Restoring{e.error, s.now + vaultPause}, {}}; },
        [&](const Restoring &from, const Wake &) -> Next { return lookInVault(from); },
        [&](const Restoring &from, const RefreshNow &) -> Next { return lookInVault(from); },
        [&](const Restoring &, const Cancel &) -> Next { return Step{SignedOut{}, {}}; },

        [&](const SigningIn &from, const Granted &e) -> Next { return finishSignIn(from.attempt, e, s); },
        [&](const SigningIn &from, const CodeAsked &e) -> Next { return askCode(from.attempt, e, s); },
        [&](const SigningIn &from, const Untrusted &e) -> Next { return askAboutTrust(from.attempt, e, s); },
        [&](const SigningIn &from, const AuthError &e) -> Next { return refuse(from.attempt, e, s); },
        [&](const SigningIn &from, const Cancel &) -> Next { return cancelSignIn(from, s); },

        [&](const CodeNeeded &from, const Code &e) -> Next { return retryCode(from, e); },
        [&](const CodeNeeded &from, const Cancel &) -> Next { return giveUp(from.previous, {}, s); },
        [&](const CodeNeeded &from, const Wake &) -> Next { return giveUp(from.previous, {}, s); },

        [&](const TrustNeeded &from, const Trust &) -> Next { return trust(from); },
        [&](const TrustNeeded &from, const Decline &) -> Next { return decline(from, s); },
        [&](const TrustNeeded &from, const Cancel &) -> Next { return decline(from, s); },
        [&](const TrustNeeded &from, const RefreshNow &) -> Next { return lookAgain(from); },
        [&](const TrustNeeded &from, const Wake &) -> Next { return lookAgainOrGiveUp(from, s); },

        [&](const Active &from, const Wake &) -> Next { return renew(from.tokens); },
        [&](const Active &from, const Demand &) -> Next { return renewEarly(from.tokens); },
        [&](const Active &from, const RefreshNow &) -> Next { return renewEarly(from.tokens); },

        [&](const Refreshing &from, const Granted &e) -> Next { return activate(TokenSet::from(e, from.tokens), s); },
        [&](const Refreshing &from, const AuthError &e) -> Next { return endOrWait(from, e, s); },
        [&](const Refreshing &from, const Untrusted &e) -> Next { return askAboutTrust(from.tokens, e, s); },
        [&](const Refreshing &from, const Wake &) -> Next { return Step{from, {}}; },

        [&](const Waiting &from, const Wake &) -> Next { return renew(from.tokens, from.attempt); },
        [&](const Waiting &from, const RefreshNow &) -> Next { return renewEarly(from.tokens, from.attempt); },

        [&](const auto &, const auto &) -> Next { return {}; },
    }, state, event);
    // clang-format on
}

} // namespace latchkey
