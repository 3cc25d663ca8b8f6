// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/methodcall.h"

namespace latchkey {

void await(const MethodCall &call, Session &session, Outcome outcome, DeadlineQueue &deadlines,
    Finish finish)
{
    const auto done = [reply = call.reply, finish = std::move(finish)](const RpcAnswer &answer) {
        reply(finish ? finish(answer) : answer);
    };
    // Most need not wait.
    if (const auto answer = outcome.condition(session))
        return done(*answer);
    auto *pending = new PendingCall(session, std::move(outcome.condition),
        std::move(outcome.lastWord), outcome.deadline, deadlines, call.caller.owner);
    QObject::connect(pending, &PendingCall::finished, call.caller.owner, done);
    pending->start();
}

} // namespace latchkey
