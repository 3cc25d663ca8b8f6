// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/history/historyentry.h"

#include "base/overloaded.h"

namespace latchkey {

SessionHistory::Entry entryFor(const SessionEvent &event, const SessionState &state, WallTime at)
{
    constexpr int ok = 200;
    const auto *nothing = std::get_if<event::NothingStored>(&event);
    const bool isOfBefore = nothing && nothing->endedBefore;
    SessionHistory::Entry entry{at, phaseOf(state), causeOf(event)};
    const auto note = [&entry](int status, const ReplyTrace &trace) {
        entry.httpStatus = status;
        entry.trace = trace;
    };
    if (const auto reason = reasonOf(state)) {
        entry.problem = reason->type;
        entry.answerLost = reason->answerLost;
        // The vault was asked last (docs/architecture.md §6), but the appliance's refusal is the
        // cause.
        if (entry.phase == Phase::SignedOut && reason->httpStatus != 0 && !isOfBefore) {
            entry.cause = Cause::Failed;
            note(reason->httpStatus, reason->trace);
        }
    }
    std::visit(Overloaded{
                   [&](const Granted &e) { note(ok, e.trace); },
                   [&](const CodeAsked &e) { note(ok, e.trace); },
                   [&](const AuthError &e) { note(e.httpStatus, e.trace); },
                   [](const auto &) {},
               },
        event);
    return entry;
}

} // namespace latchkey
