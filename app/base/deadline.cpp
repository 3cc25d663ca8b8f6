// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/deadline.h"

#include <QPointer>

namespace latchkey {

DeadlineQueue::DeadlineQueue(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &DeadlineQueue::look);
}

void DeadlineQueue::look()
{
    const Instant now = m_clock();
    std::vector<QPointer<Deadline>> due;
    for (Deadline *deadline : m_deadlines) {
        if (remaining(*deadline->at(), now) <= Milliseconds::zero())
            due.emplace_back(deadline);
    }
    // Each one that fires may set, unset or destroy others, so look at each again before it fires.
    for (const QPointer<Deadline> &deadline : due) {
        if (!deadline || !deadline->at() || remaining(*deadline->at(), now) > Milliseconds::zero())
            continue;
        deadline->set({});
        Q_EMIT deadline->reached();
    }
    arm();
}

std::optional<Milliseconds> DeadlineQueue::sleep() const
{
    if (!m_timer.isActive())
        return {};
    return m_timer.intervalAsDuration();
}

void DeadlineQueue::add(Deadline *deadline)
{
    m_deadlines.push_back(deadline);
    const Milliseconds left = std::max(remaining(*deadline->at(), m_clock()), Milliseconds::zero());
    if (!m_timer.isActive() || left < m_timer.remainingTimeAsDuration())
        m_timer.start(std::min(left, longestSleep));
}

void DeadlineQueue::drop(Deadline *deadline)
{
    std::erase(m_deadlines, deadline);
    if (m_deadlines.empty())
        m_timer.stop();
}

std::optional<Milliseconds> DeadlineQueue::untilNext() const
{
    if (m_deadlines.empty())
        return {};
    const Instant now = m_clock();
    const auto first = std::ranges::min_element(m_deadlines, {},
        [&now](const Deadline *deadline) { return remaining(*deadline->at(), now); });
    return std::max(remaining(*(*first)->at(), now), Milliseconds::zero());
}

void DeadlineQueue::arm()
{
    if (const auto next = untilNext())
        m_timer.start(std::min(*next, longestSleep));
    else
        m_timer.stop();
}

Deadline::Deadline(DeadlineQueue &queue, QObject *parent)
    : QObject(parent)
    , m_queue(queue)
{
}

Deadline::~Deadline()
{
    set({});
}

void Deadline::set(const std::optional<Instant> &at)
{
    if (m_at == at)
        return;
    if (m_at)
        m_queue.drop(this);
    m_at = at;
    if (m_at)
        m_queue.add(this);
}

} // namespace latchkey
