// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/clockwatch.h"

#include <QSocketNotifier>

#include <cerrno>
#include <limits>

#include <sys/timerfd.h>
#include <unistd.h>

namespace latchkey {

ClockWatch::ClockWatch(QObject *parent)
    : QObject(parent)
    , m_timer(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (m_timer < 0)
        return;
    m_notifier = new QSocketNotifier(m_timer, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &ClockWatch::onReadable);
    arm();
}

ClockWatch::~ClockWatch()
{
    if (m_timer < 0)
        return;
    delete m_notifier; // before the descriptor that it watches
    close(m_timer);
}

//! Sets a timer that never expires, but is cancelled when the clock is set (timerfd_create(2)).
void ClockWatch::arm()
{
    itimerspec never{};
    never.it_value.tv_sec = std::numeric_limits<decltype(never.it_value.tv_sec)>::max();
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, nullptr);
}

void ClockWatch::onReadable()
{
    quint64 expirations = 0;
    if (read(m_timer, &expirations, sizeof expirations) >= 0 || errno != ECANCELED)
        return;
    arm();
    Q_EMIT jumped();
}

} // namespace latchkey
