// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/ledger.h"
#include "agent/params.h"
#include "agent/pendingcall.h"

#include <QHash>
#include <QPointer>

#include <functional>

namespace latchkey {

//! Sessions, each by the name that it had when its token was given. A rename does not take them
//! away, nor give them to another session that gets the old name.
using HeldSessions = QHash<QString, QPointer<const Session>>;

//! One call of one of the agent's methods, with all that is needed to answer it later.
struct MethodCall {
    //! Called exactly once, unless the program that calls leaves first.
    using Reply = std::function<void(const RpcAnswer &)>;

    //! Who calls.
    struct Caller {
        //! Owns what waits for the answer, which is given up when it goes.
        QObject *owner = nullptr;
        //! Who it is, looked up when it is asked for: that reads from `/proc`.
        std::function<Program()> program;
        //! The sessions whose token it may use again; null where it will not come back.
        HeldSessions *held = nullptr;
    };

    Params params;
    Caller caller;
    Reply reply;
};

//! What a call waits for, and what it is answered when that does not come by the deadline.
struct Outcome {
    PendingCall::Condition condition;
    PendingCall::LastWord lastWord;
    Instant deadline;
};

//! Makes of an answer the one that is sent.
using Finish = std::function<RpcAnswer(const RpcAnswer &)>;

//! Answers \a call with what becomes of the session: at once where that is known, else later, at
//! the deadline at the latest. \a finish, if given, changes the answer.
void await(const MethodCall &call, Session &session, Outcome outcome, DeadlineQueue &deadlines,
    Finish finish = {});

} // namespace latchkey
