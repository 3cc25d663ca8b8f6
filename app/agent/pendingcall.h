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

//! A program that waits for what becomes of a session. After each change the condition is asked;
//! finished() follows once it answers, with the last word when the caller's own deadline passes,
//! or when the session goes. It never holds anybody else up.
class PendingCall : public QObject {
    Q_OBJECT
public:
    //! Nothing as long as there is more to wait for.
    using Condition = std::function<std::optional<RpcAnswer>(Session &session)>;

    //! Of a deadline that has passed.
    using LastWord = std::function<RpcAnswer(const Session &session)>;

    PendingCall(Session &session, Condition condition, LastWord lastWord, const Instant &deadline,
        DeadlineQueue &deadlines, QObject *parent);

    //! Asks the condition for the first time; finished() may follow at once.
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
