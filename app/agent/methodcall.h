// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/ledger.h"
#include "agent/params.h"
#include "agent/pendingcall.h"

#include <QSet>

#include <functional>

namespace latchkey {

//! A call of one of the agent's methods.
struct MethodCall {
    //! Called exactly once, unless the session's program ends first.
    using Reply = std::function<void(const RpcAnswer &)>;

    //! Who calls.
    struct Caller {
        //! Owns what waits for an answer.
        QObject *owner = nullptr;
        std::function<Program()> program;
        //! The sessions whose token it may use again; nothing for who does not come back.
        QSet<QString> *held = nullptr;
    };

    Params params;
    Caller caller;
    Reply reply;
};

//! What a call waits for, and what it hears when that does not come in time.
struct Outcome {
    PendingCall::Condition condition;
    PendingCall::LastWord lastWord;
    Instant deadline;
};

//! Has the last word on an answer.
using Finish = std::function<RpcAnswer(const RpcAnswer &)>;

//! Answers \a call with what becomes of the session: at once where that is known, else later. The
//! answer passes \a finish, if there is one.
void await(const MethodCall &call, Session &session, Outcome outcome, DeadlineQueue &deadlines,
    Finish finish = {});

} // namespace latchkey
