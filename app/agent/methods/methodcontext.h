// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"
#include "agent/agentinfo.h"
#include "agent/methods/methodcall.h"
#include "agent/ratelimit.h"
#include "session/sessionmodel.h"

#include <functional>

namespace latchkey {

//! What the agent's methods share: the sessions, and who has to be asked before an act. Owned by
//! Methods.
struct MethodContext {
    SessionModel &sessions;
    AccessGate &gate;
    DeadlineQueue &deadlines;
    const Kinds &kinds;
    AgentInfo info;
    KindSearches searches{info.makeSearch, deadlines};
    //! By session: else one program could have the appliance make tokens without end.
    RateLimit renewals = {};
    //! The same for programs whose file is not known for sure: a sandbox takes nothing from others.
    RateLimit renewalsOfUncertain = {};

    //! Calls \a act when a person has said yes in a window; where there are no windows, at once,
    //! unless the program is too little known. Where the person says no, or nothing by \a deadline,
    //! it answers the call with the refusal.
    void confirm(const MethodCall &call, const QString &name, const Permission &permission,
        const Instant &deadline, const std::function<void()> &act);
    void confirm(const MethodCall &call, const Session &session, const Permission &permission,
        const Instant &deadline, const std::function<void(Session &)> &act);
    //! The account of this name, or the last one before it was forgotten.
    [[nodiscard]] std::optional<Account> known(const QString &name) const;
    //! One that somebody has signed in to, or that the administrator has set, if it is that user's
    //! at that appliance. What a program has begun says nothing about kind and port.
    [[nodiscard]] std::optional<Account> knownAs(
        const QString &name, const QUrl &server, const QString &user) const;
    //! Counts a renewal that a program causes, unless there were too many. Without windows, only
    //! those of programs that could do nothing else there without a person's yes are counted.
    //! For a program that is not certain it counts as \a ofUncertain renewals.
    [[nodiscard]] std::optional<RpcError> takeRenewal(
        const Session &session, const MethodCall::Caller &caller, int ofUncertain = 1);
    //! The session that the parameter `name` means. Null where there is none, and the call has been
    //! answered with that.
    [[nodiscard]] Session *sessionOf(MethodCall &call) const;
    [[nodiscard]] Instant deadlineOf(Params &params, Milliseconds otherwise) const;
};

} // namespace latchkey
