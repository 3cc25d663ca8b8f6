// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/tokencall.h"

#include "agent/outcomes.h"
#include "agent/refusals.h"
#include "agent/sessionjson.h"

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds usualValidity = 60s;

Milliseconds wanted(const TokenRequest &request, const TokenSet &tokens)
{
    return request.minValid.value_or(std::min(usualValidity, tokens.accessLife() / 2));
}

//! For a token that ends too soon. Asks for one refresh only: a second one would bring a token that
//! lives no longer.
std::optional<RpcError> askForMore(Session &session, const TokenRequest &request, bool &hasAsked)
{
    const TokenSet &tokens = *session.tokens();
    if (wanted(request, tokens) >= tokens.accessLife())
        return request.orBest ? endsTooSoon() : tooShortLived(tokens.accessLife());
    if (hasAsked)
        return endsTooSoon();
    hasAsked = true;
    if (tokens.refreshToken.isEmpty())
        return nothingToRenewWith();
    if (auto refusal = request.whyNotRenew ? request.whyNotRenew(session) : std::nullopt)
        return refusal;
    session.demand();
    return {};
}

QJsonObject handedOut(const TokenSet &tokens, const TokenRequest &request, const Session &session)
{
    const Account &account = session.account();
    const auto proxy =
        request.proxyFor ? std::optional(request.proxyFor(account.server)) : std::nullopt;
    const auto kind = request.kindOf ? request.kindOf(account) : std::nullopt;
    return handOut(tokens, account, kind, session.now(), proxy);
}

std::optional<RpcError> waitOrRefuse(const state::Waiting &waiting, const TokenRequest &request)
{
    const bool isInTime = waiting.retryAt.steady < request.deadline.steady;
    return isInTime ? std::nullopt : std::optional(unreachable(waiting.error));
}

//! Nothing when there is none that lives on for long enough.
std::optional<RpcAnswer> goodToken(const Session &session, const TokenRequest &request)
{
    const Instant now = session.now();
    const TokenSet *tokens = session.tokens();
    if (!tokens || !tokens->hasGoodAccess(now)
        || goodFor(*tokens, request, now) < Milliseconds::zero())
        return {};
    return RpcAnswer(QJsonValue(handedOut(*tokens, request, session)));
}

//! Where the system sees no network, the session's own next attempt is minutes away; a program that
//! asks causes one now. False where it has caused one already.
bool tryNow(Session &session, bool &hasAsked)
{
    if (!std::exchange(hasAsked, true))
        session.demand();
    return session.phase() != Phase::Waiting;
}

} // namespace

Milliseconds goodFor(const TokenSet &tokens, const TokenRequest &request, const Instant &now)
{
    return remaining(tokens.accessEnd, now) - wanted(request, tokens);
}

PendingCall::Condition tokenCondition(const TokenRequest &request)
{
    return [request, hasAsked = std::make_shared<bool>(false)](
               Session &session) -> std::optional<RpcAnswer> {
        if (auto token = goodToken(session, request))
            return session.isTokenOnHold() ? std::nullopt : token;

        std::optional<RpcError> error = obstacle(session);
        if (!error && session.phase() == Phase::Active)
            error = askForMore(session, request, *hasAsked);
        else if (session.phase() == Phase::Waiting && !tryNow(session, *hasAsked))
            error = waitOrRefuse(std::get<state::Waiting>(session.state()), request);
        if (!error)
            return {};
        return RpcAnswer(*error);
    };
}

PendingCall::LastWord tokenLastWord(const TokenRequest &request)
{
    return [request](const Session &session) {
        return goodToken(session, request).value_or(RpcAnswer(tooLate(session)));
    };
}

RpcError withBest(RpcError error, const TokenRequest &request, const Session &session)
{
    const TokenSet *tokens = session.tokens();
    if (request.orBest && tokens && tokens->hasGoodAccess(session.now()))
        error.more.insert(u"best"_s, handedOut(*tokens, request, session));
    return error;
}

} // namespace latchkey
