// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/drain.h"

using namespace std::chrono_literals;

namespace latchkey {

Drain::Drain(const SessionModel &sessions, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_deadlines(deadlines)
    , m_look(deadlines)
{
    connect(&m_look, &Deadline::reached, this, &Drain::look);
}

void Drain::start(Milliseconds patience)
{
    m_end = m_deadlines.now() + patience;
    m_look.set(m_deadlines.now());
}

void Drain::look()
{
    constexpr Milliseconds pause = 20ms;
    const Instant now = m_deadlines.now();
    if (m_sessions.isUnfinished() && remaining(m_end, now) > 0ms)
        m_look.set(now + pause);
    else
        Q_EMIT done();
}

} // namespace latchkey
