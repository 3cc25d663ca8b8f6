// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/sessionstate.h"

#include "base/overloaded.h"
#include "base/scriptname.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const TokenSet *pointerTo(const std::optional<TokenSet> &tokens)
{
    return tokens ? &*tokens : nullptr;
}

const TokenSet *tokensIn(const state::TrustNeeded &trustNeeded)
{
    return std::visit(Overloaded{
                          [](const SignInAttempt &attempt) { return pointerTo(attempt.previous); },
                          [](const TokenSet &tokens) { return &tokens; },
                      },
        trustNeeded.resume);
}

//! When an access token that is still good will lapse, which must be announced.
std::optional<Instant> lapse(const TokenSet &tokens, const Instant &now)
{
    return tokens.hasGoodAccess(now) ? std::optional(tokens.accessEnd) : std::nullopt;
}

Instant earlier(const Instant &a, const Instant &b, const Instant &now)
{
    return remaining(a, now) < remaining(b, now) ? a : b;
}

//! Of what is beside the tokens.
QList<Secret> attemptsSecrets(const SessionState &state)
{
    if (const auto *signingIn = std::get_if<state::SigningIn>(&state))
        return secretsOf(signingIn->attempt.grant);
    if (const auto *codeNeeded = std::get_if<state::CodeNeeded>(&state))
        return {codeNeeded->ticket};
    const auto *trustNeeded = std::get_if<state::TrustNeeded>(&state);
    const auto *attempt = trustNeeded ? std::get_if<SignInAttempt>(&trustNeeded->resume) : nullptr;
    return attempt ? secretsOf(attempt->grant) : QList<Secret>();
}

} // namespace

Phase::Value phaseOf(const SessionState &state)
{
    if (std::holds_alternative<state::Confirming>(state))
        return Phase::Refreshing;
    return static_cast<Phase::Value>(state.index());
}

QString scriptName(Phase::Value phase)
{
    return scriptNameOf(phase);
}

std::optional<Phase::Value> phaseFrom(const QString &scriptName)
{
    return enumFromScriptName<Phase::Value>(scriptName);
}

const TokenSet *tokensOf(const SessionState &state)
{
    return std::visit(Overloaded{
                          [](const state::SigningIn &s) { return pointerTo(s.attempt.previous); },
                          [](const state::CodeNeeded &s) { return pointerTo(s.previous); },
                          [](const state::TrustNeeded &s) { return tokensIn(s); },
                          [](const state::Active &s) { return &s.tokens; },
                          [](const state::Refreshing &s) { return &s.tokens; },
                          [](const state::Waiting &s) { return &s.tokens; },
                          [](const state::Confirming &s) { return &s.tokens; },
                          [](const auto &) -> const TokenSet * { return nullptr; },
                      },
        state);
}

QList<Secret> secretsOf(const SessionState &state)
{
    QList<Secret> secrets = attemptsSecrets(state);
    if (const TokenSet *tokens = tokensOf(state)) {
        secrets += {tokens->accessToken, tokens->refreshToken, tokens->context.cookies,
            tokens->context.clientSecret};
    }
    return secrets;
}

AuthError authErrorFrom(StoreError error)
{
    static_assert(static_cast<int>(AuthError::Type::StoreDamaged)
            - static_cast<int>(AuthError::Type::StoreUnavailable)
        == static_cast<int>(StoreError::Damaged) - static_cast<int>(StoreError::Unavailable));
    const int type = static_cast<int>(AuthError::Type::StoreUnavailable) + static_cast<int>(error);
    return {static_cast<AuthError::Type>(type), 0, {}, {}};
}

std::optional<AuthError> reasonOf(const SessionState &state)
{
    using Reason = std::optional<AuthError>;
    return std::visit(Overloaded{
                          [](const state::SignedOut &s) { return s.reason; },
                          [](const state::Restoring &s) -> Reason {
                              if (!s.waitingFor)
                                  return {};
                              return authErrorFrom(*s.waitingFor);
                          },
                          [](const state::CodeNeeded &s) { return s.refusal; },
                          [](const state::TrustNeeded &) -> Reason {
                              return AuthError{AuthError::Type::TlsUntrusted, 0, {}, {}};
                          },
                          [](const state::Waiting &s) -> Reason { return s.error; },
                          [](const auto &) -> Reason { return {}; },
                      },
        state);
}

std::optional<AuthError> standingReasonOf(const SessionState &state)
{
    const auto *refreshing = std::get_if<state::Refreshing>(&state);
    if (refreshing && refreshing->inQuestion)
        return AuthError{AuthError::Type::TlsUntrusted, 0, {}, {}};
    return refreshing ? refreshing->earlier : reasonOf(state);
}

const Certificate *certificateInQuestion(const SessionState &state)
{
    if (const auto *refreshing = std::get_if<state::Refreshing>(&state))
        return refreshing->inQuestion ? &*refreshing->inQuestion : nullptr;
    const auto *trustNeeded = std::get_if<state::TrustNeeded>(&state);
    return trustNeeded ? &trustNeeded->seen : nullptr;
}

std::optional<Instant> dueAt(const SessionState &state, const Instant &now)
{
    using Wake = std::optional<Instant>;
    return std::visit(Overloaded{
                          [](const state::CodeNeeded &s) -> Wake { return s.giveUpAt; },
                          [](const state::TrustNeeded &s) -> Wake { return s.retryAt; },
                          [](const state::Active &s) -> Wake { return s.refreshAt; },
                          [&](const state::Refreshing &s) { return lapse(s.tokens, now); },
                          [](const state::Confirming &s) -> Wake { return s.lookUntil; },
                          [&](const state::Waiting &s) -> Wake {
                              return earlier(
                                  s.retryAt, lapse(s.tokens, now).value_or(s.retryAt), now);
                          },
                          [](const auto &) -> Wake { return {}; },
                      },
        state);
}

} // namespace latchkey
