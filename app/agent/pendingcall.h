// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/rpc.h"
#include "base/deadline.h"
#include "session/session.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace latchkey {

//! One program's wait for what becomes of a session. Asks the condition after each change of the
//! session, and emits finished() exactly once: with the condition's answer, with the last word when
//! the deadline passes, or with sessionGone() when the session goes. Then deletes itself.
class PendingCall : public QObject {
    Q_OBJECT
public:
    //! Nothing as long as there is more to wait for. It may act on the session.
    using Condition = std::function<std::optional<RpcAnswer>(Session &session)>;

    //! The answer at the deadline.
    using LastWord = std::function<RpcAnswer(const Session &session)>;

    PendingCall(Session &session, Condition condition, LastWord lastWord, const Instant &deadline,
        DeadlineQueue &deadlines, QObject *parent);

    //! Asks the condition for the first time; finished() may come before it returns.
    void start();

Q_SIGNALS:
    void finished(const latchkey::RpcAnswer &answer);

private:
    void ask();
    void onDeadline();
    void finish(const RpcAnswer &answer);

    QPointer<Session> m_session;
    Condition m_condition;
    LastWord m_lastWord;
    Deadline m_deadline;
    bool m_isFinished = false;
};

} // namespace latchkey
