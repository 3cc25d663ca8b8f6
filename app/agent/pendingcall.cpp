// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/pendingcall.h"

#include "agent/refusals.h"

namespace latchkey {

PendingCall::PendingCall(Session &session, Condition condition, LastWord lastWord,
    const Instant &deadline, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_session(&session)
    , m_condition(std::move(condition))
    , m_lastWord(std::move(lastWord))
    , m_deadline(deadlines)
{
    connect(&session, &Session::changed, this, &PendingCall::ask);
    connect(&session, &QObject::destroyed, this, [this] { finish(sessionGone()); });
    connect(&m_deadline, &Deadline::reached, this, &PendingCall::onDeadline);
    m_deadline.set(deadline);
}

void PendingCall::start()
{
    ask();
}

void PendingCall::ask()
{
    // A condition may act on the session; that is a change, and asks again from inside this call.
    if (const auto answer = m_condition(*m_session))
        finish(*answer);
}

void PendingCall::onDeadline()
{
    finish(m_lastWord(*m_session));
}

void PendingCall::finish(const RpcAnswer &answer)
{
    if (std::exchange(m_isFinished, true))
        return;
    if (m_session)
        m_session->disconnect(this);
    m_deadline.set({});
    deleteLater();
    Q_EMIT finished(answer);
}

} // namespace latchkey
