// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/presencelock.h"

namespace latchkey {

PresenceLock::PresenceLock(DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_awakeAt(deadlines)
{
    connect(&m_awakeAt, &Deadline::reached, this, [this] { change(m_isAsleep, false); });
}

void PresenceLock::setEnabled(bool isEnabled)
{
    change(m_isEnabled, isEnabled);
}

void PresenceLock::setScreenLocked(bool isLocked)
{
    change(m_isScreenLocked, isLocked);
}

void PresenceLock::setAsleep(bool isAsleep)
{
    m_awakeAt.set({});
    if (isAsleep)
        change(m_isAsleep, true);
    else if (m_isAsleep)
        m_awakeAt.set(m_deadlines.now() + wakeUpTime);
}

void PresenceLock::change(bool &fact, bool value)
{
    const bool wasLocked = isLocked();
    const bool wasAlone = isAlone();
    fact = value;
    if (isAlone() && !wasAlone)
        Q_EMIT left();
    if (isLocked() && !wasLocked)
        Q_EMIT locked();
    if (isLocked() != wasLocked)
        Q_EMIT changed();
}

} // namespace latchkey
