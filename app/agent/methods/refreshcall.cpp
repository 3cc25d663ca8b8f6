// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/refreshcall.h"

#include "agent/outcomes.h"
#include "agent/refusals.h"

#include <utility>

namespace latchkey {

PendingCall::Condition refreshCondition(
    const Session &session, std::function<std::optional<RpcError>(const Session &)> whyNot)
{
    const TokenSet *tokens = session.tokens();
    return [whyNot = std::move(whyNot), mustAsk = session.phase() == Phase::Restoring,
               before = tokens ? std::optional(tokens->grantedAt) : std::nullopt](
               Session &now) mutable -> std::optional<RpcAnswer> {
        if (now.phase() == Phase::Refreshing)
            mustAsk = false; // what was read was due anyway
        if (now.phase() == Phase::Active && std::exchange(mustAsk, false)) {
            if (const auto refusal = whyNot(now))
                return RpcAnswer(*refusal);
            before = now.tokens()->grantedAt;
            now.refreshNow();
        }
        const bool isSame = now.tokens() && before && now.tokens()->grantedAt == *before;
        if (now.phase() == Phase::Active && isSame)
            return RpcAnswer(nothingToRenewWith());
        return settled(now);
    };
}

} // namespace latchkey
