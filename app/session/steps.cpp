// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/steps.h"

#include "base/overloaded.h"

using namespace std::chrono_literals;

namespace latchkey::steps {

using namespace state;
using namespace event;

namespace {

//! How many refused codes it takes until the ticket counts as dead.
constexpr int mostTries = 5;
constexpr Milliseconds trustPause = 50s;
//! How long the vault may take to look for newer tokens once the appliance has refused ours.
constexpr Milliseconds adoptionPatience = 10s;
//! How long a question to a person stays open.
constexpr Milliseconds questionLife = 10min;

Step signIn(const SignInAttempt &attempt)
{
    return {SigningIn{attempt}, {effect::Send{attempt.grant, attempt.pin}}};
}

//! Replaces whatever request is under way.
Step signInAnew(const SignInAttempt &attempt)
{
    Step next = signIn(attempt);
    next.effects.prepend(effect::CancelRequest{});
    return next;
}

SignInAttempt underTheAccountsPin(SignInAttempt attempt)
{
    attempt.pin = {};
    return attempt;
}

Step refresh(const Refreshing &next)
{
    return {next, {effect::Send{RefreshGrant{next.tokens.refreshToken}}}};
}

Instant tryAgainAt(const TokenSet &tokens, int attempt, const AuthError &error, const Situation &s)
{
    if (tokens.refreshToken.isEmpty())
        return tokens.accessEnd;
    if (s.isAsleep)
        return RefreshPolicy::lookAt(s.now);
    const bool wasReached = error.httpStatus != 0;
    return s.hasNetwork || wasReached ? s.policy.retryAt(tokens, attempt, error, s.now)
                                      : s.policy.retryWithoutNetworkAt(attempt, s.now);
}

Step wait(const TokenSet &tokens, int attempt, const AuthError &error, const Situation &s)
{
    const Instant at = tryAgainAt(tokens, attempt, error, s);
    return {Waiting{tokens, attempt, at, error}, {}};
}

//! As long as no request has gone out, nothing has settled what was in question.
Step waitAfter(const Refreshing &from, const AuthError &error, int attempt, const Situation &s)
{
    TokenSet tokens = from.tokens;
    tokens.isRenewalInDoubt |= error.answerLost;
    const bool hasGoneOut = error.httpStatus != 0 || error.answerLost;
    if (from.inQuestion && !hasGoneOut)
        return {TrustNeeded{*from.inQuestion, s.pin, tokens, s.now + trustPause, attempt}, {}};
    return wait(tokens, attempt, error, s);
}

Step lookLater(TrustNeeded from, const Situation &s)
{
    from.retryAt = s.now + trustPause;
    return {from, {}};
}

std::optional<std::chrono::seconds> clockOffset(const ReplyTrace &trace, const Situation &s)
{
    if (!trace.applianceTime)
        return {};
    return std::chrono::round<std::chrono::seconds>(*trace.applianceTime - s.now.wall);
}

//! Nothing is sent while the machine sleeps; the session looks at the clock after waking up.
Step sleepOn(const TokenSet &tokens, const Situation &s, int attempt = 0)
{
    return wait(tokens, attempt, {AuthError::Type::Offline, 0, {}, {}}, s);
}

} // namespace

//! The access token is due for renewal. Without a refresh token, the session ends.
Step renew(const TokenSet &tokens, const Situation &s)
{
    if (tokens.refreshToken.isEmpty())
        return expire({});
    return s.isAsleep ? sleepOn(tokens, s) : refresh({tokens});
}

std::optional<Step> renewEarly(const TokenSet &tokens)
{
    return tokens.refreshToken.isEmpty() ? std::nullopt : std::optional(refresh({tokens}));
}

std::optional<Step> retry(const Waiting &from)
{
    return from.tokens.refreshToken.isEmpty()
        ? std::nullopt
        : std::optional(refresh({from.tokens, from.attempt, from.error}));
}

std::optional<Step> renewOnDemand(const TokenSet &tokens, const Situation &s)
{
    if (s.isAsleep && !tokens.refreshToken.isEmpty())
        return sleepOn(tokens, s);
    return renewEarly(tokens);
}

Step activate(const TokenSet &tokens, const Situation &s)
{
    const Instant at =
        tokens.refreshToken.isEmpty() ? tokens.accessEnd : s.policy.refreshAt(tokens);
    return {Active{tokens, at}, {effect::Record{}}};
}

//! Does not record the token set, which was just read. Its access token is served at once if it is
//! still good.
Step resume(const TokenSet &tokens, const Situation &s)
{
    if (!tokens.hasGoodAccess(s.now))
        return renew(tokens, s);
    return {activate(tokens, s).state, {}};
}

//! A sign-in failed or was cancelled. The session continues with its previous tokens. When the
//! appliance wants to hear of a password again says nothing about them.
Step giveUp(const std::optional<TokenSet> &previous, const std::optional<AuthError> &reason,
    const Situation &s)
{
    if (!previous)
        return {SignedOut{reason}, {}};
    if (!reason)
        return resume(*previous, s);
    AuthError refusal = *reason;
    refusal.retryAfter.reset();
    return wait(*previous, 1, refusal, s);
}

Step askCode(const SignInAttempt &attempt, const CodeAsked &asked, const Situation &s)
{
    return {CodeNeeded{asked.ticket, 0, {}, attempt.previous, s.now + questionLife, attempt.pin,
                clockOffset(asked.trace, s)},
        {}};
}

//! A refused password ends the attempt. A code may be tried again while its ticket lives, even if
//! the connection broke in between.
Step refuse(const SignInAttempt &attempt, const AuthError &error, const Situation &s)
{
    const auto *mfa = std::get_if<MfaGrant>(&attempt.grant);
    const int tries = attempt.tries + (error.type == AuthError::Type::CodeRejected ? 1 : 0);
    if (!mfa || error.type == AuthError::Type::Expired || error.type == AuthError::Type::Rejected)
        return giveUp(attempt.previous, error, s);
    if (tries >= mostTries) {
        const AuthError worn{AuthError::Type::Expired, error.httpStatus, {}, error.detail};
        return giveUp(attempt.previous, worn, s);
    }
    return {CodeNeeded{mfa->ticket, tries, error, attempt.previous, s.now + questionLife,
                attempt.pin, clockOffset(error.trace, s)},
        {}};
}

Step retryCode(const CodeNeeded &from, const Code &event)
{
    return signIn({MfaGrant{from.ticket, event.code}, from.tries, from.previous, from.pin});
}

Step finishSignIn(const SignInAttempt &attempt, const Granted &granted, const Situation &s)
{
    const bool codeWasAsked = std::holds_alternative<MfaGrant>(attempt.grant);
    Step next = activate(TokenSet::from(granted, codeWasAsked), s);
    if (!attempt.pin.isEmpty() && attempt.pin != s.pin)
        next.effects.prepend(effect::Pin{attempt.pin});
    return next;
}

//! Only a proven refusal ends a session; every other error is waited out. Before the session ends,
//! the vault is asked whether another Latchkey has newer tokens.
Step confirmOrWait(const Refreshing &from, AuthError error, const Situation &s)
{
    if (error.type != AuthError::Type::Expired)
        return waitAfter(from, error, from.attempt + 1, s);
    TokenSet tokens = from.tokens;
    tokens.isRenewalInDoubt |= error.answerLost;
    error.answerLost = tokens.isRenewalInDoubt;
    return {Confirming{tokens, error, s.now + adoptionPatience}, {effect::ReadVault{}}};
}

Step adoptOrEnd(const Confirming &from, const TokenSet &stored, const Situation &s)
{
    return from.tokens.isSucceededBy(stored) ? resume(stored, s) : expire(from.refusal);
}

//! The record could not be read, so it is not erased: another Latchkey may still use it.
Step endUnread(const Confirming &from)
{
    return {SignedOut{from.refusal}, {effect::LeaveUnread{}}};
}

//! If the sealed pin differs from the pin that the request went out with, the sign-in starts again.
Step keepInMind(SigningIn from, const Restored &event)
{
    from.attempt.previous = from.attempt.previous.value_or(event.tokens);
    if (!event.isPinOther)
        return {from, {}};
    return signInAnew(underTheAccountsPin(from.attempt));
}

Step keepInMind(CodeNeeded from, const Restored &event)
{
    from.previous = from.previous.value_or(event.tokens);
    if (event.isPinOther)
        from.pin = {};
    return {from, {}};
}

std::optional<Step> keepInMind(TrustNeeded from, const Restored &event)
{
    auto *attempt = std::get_if<SignInAttempt>(&from.resume);
    if (!attempt)
        return {};
    attempt->previous = attempt->previous.value_or(event.tokens);
    if (!event.isPinOther)
        return Step{from, {}};
    return signInAnew(underTheAccountsPin(*attempt));
}

//! The request would hang at least until the machine wakes up.
Step drop(const Refreshing &from, const Situation &s)
{
    AuthError dropped{AuthError::Type::Offline, 0, {}, {}};
    dropped.answerLost = s.isRequestSent;
    Step next = waitAfter(from, dropped, from.attempt, s);
    next.effects.append(effect::CancelRequest{});
    return next;
}

Step drop(const SigningIn &from, const Situation &s)
{
    Step next = refuse(from.attempt, {AuthError::Type::Offline, 0, {}, {}}, s);
    next.effects.append(effect::CancelRequest{});
    return next;
}

Step expedite(const Refreshing &from)
{
    return {from, {effect::Expedite{}}};
}

//! Woken at the retry time, or because the access token lapses. With a network the lapse is worth
//! another attempt; without one it only has to be announced.
Step tryAgain(const Waiting &from, const Situation &s)
{
    const bool isDue = remaining(from.retryAt, s.now) <= Milliseconds::zero();
    if (!isDue && (s.isAsleep || !s.hasNetwork))
        return {from, {}};
    if (s.isAsleep)
        return sleepOn(from.tokens, s, from.attempt);
    return retry(from).value_or(expire({}));
}

//! An appliance that asked us to come back later is not asked earlier.
std::optional<Step> tryEarly(const Waiting &from, const Situation &s)
{
    if (s.isAsleep || from.error.type == AuthError::Type::ServerBusy)
        return {};
    return retry(from);
}

//! With a network, the next attempt is seconds away. Without one it is minutes away, and the system
//! may be wrong about the network.
std::optional<Step> tryOnDemand(const Waiting &from, const Situation &s)
{
    return s.hasNetwork ? std::nullopt : tryEarly(from, s);
}

Step trust(const TrustNeeded &from)
{
    Step next = std::visit(
        Overloaded{
            [](const SignInAttempt &attempt) { return signIn(underTheAccountsPin(attempt)); },
            [&](const TokenSet &tokens) { return refresh({tokens, from.attempt}); },
        },
        from.resume);
    next.effects.prepend(effect::Pin{from.seen.fingerprint});
    return next;
}

std::optional<Step> trust(const Refreshing &from)
{
    if (!from.inQuestion)
        return {};
    return Step{Refreshing{from.tokens, from.attempt, {}, {}, true},
        {effect::Pin{from.inQuestion->fingerprint}}};
}

//! A session that is signed in goes on asking until somebody trusts the certificate or the
//! appliance has its old one again.
Step decline(const TrustNeeded &from, const Situation &s)
{
    if (const auto *attempt = std::get_if<SignInAttempt>(&from.resume))
        return giveUp(attempt->previous, AuthError{AuthError::Type::TlsUntrusted, 0, {}, {}}, s);
    return lookLater(from, s);
}

std::optional<Step> lookAgain(const TrustNeeded &from)
{
    const auto *tokens = std::get_if<TokenSet>(&from.resume);
    return tokens ? std::optional(refresh({*tokens, from.attempt, {}, from.seen})) : std::nullopt;
}

Step lookAgainOrGiveUp(const TrustNeeded &from, const Situation &s)
{
    if (const auto *attempt = std::get_if<SignInAttempt>(&from.resume))
        return giveUp(attempt->previous, {}, s);
    return s.isAsleep ? lookLater(from, s) : *lookAgain(from);
}

Step lookInVault(const Restoring &from)
{
    return {from, {effect::ReadVault{}}};
}

//! Vault trouble does not sign out, unless the key or the record is gone for good.
Step waitForVault(StoreError error)
{
    const bool isGone = error == StoreError::KeyMissing || error == StoreError::Damaged;
    if (isGone)
        return {SignedOut{authErrorFrom(error)}, {}};
    return {Restoring{error}, {}};
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

Step askAboutTrust(const Refreshing &from, const Untrusted &event, const Situation &s)
{
    if (from.isTrustNew && event.certificate.fingerprint == s.pin && !s.isAsleep)
        return refresh({from.tokens, from.attempt});
    return {TrustNeeded{event.certificate, s.pin, from.tokens, s.now + trustPause}, {}};
}

Step startOver(const SessionState &from, const SignIn &event)
{
    const TokenSet *previous = tokensOf(from);
    return signInAnew(
        {event.grant, 0, previous ? std::optional(*previous) : std::nullopt, event.pin});
}

Step expire(AuthError reason)
{
    reason.type = AuthError::Type::Expired;
    return {SignedOut{reason}, {effect::Forget{}}};
}

Step signOut(const SessionState &from, const Situation &s)
{
    Step next{SignedOut{}, {effect::CancelRequest{}, effect::Forget{}}};
    const TokenSet *tokens = tokensOf(from);
    if (tokens && tokens->hasGoodAccess(s.now))
        next.effects.prepend(effect::LogOut{{tokens->accessToken, tokens->refreshToken}});
    return next;
}

} // namespace latchkey::steps
