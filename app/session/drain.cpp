// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/drain.h"

namespace latchkey {

Drain::Drain(const SessionModel &sessions, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_deadlines(deadlines)
    , m_end(deadlines)
{
    connect(&m_sessions, &SessionModel::sessionChanged, this, &Drain::look);
    connect(&m_sessions, &SessionModel::sessionLeft, this, &Drain::look);
    connect(&m_end, &Deadline::reached, this, &Drain::done);
}

void Drain::start(Milliseconds patience)
{
    m_end.set(m_deadlines.now() + patience);
    look();
}

//! done() comes from the event loop, because the session that changed may have more to do in the
//! same call.
void Drain::look()
{
    if (m_end.at() && !m_sessions.isUnfinished())
        m_end.set(m_deadlines.now());
}

} // namespace latchkey
