// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/refreshthrottle.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds allTake = 25s;
constexpr Milliseconds longestGap = 100ms;

} // namespace

RefreshThrottle::RefreshThrottle(DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_next(deadlines)
{
    connect(&m_next, &Deadline::reached, this, &RefreshThrottle::letNextGo);
}

quint64 RefreshThrottle::enter(std::function<void()> go)
{
    const Instant now = m_deadlines.now();
    const bool isFree = !m_freeAt || remaining(*m_freeAt, now) <= 0ms;
    m_waiters.push_back({++m_lastTicket, std::move(go)});
    if (m_waiters.size() > 1)
        return m_lastTicket;
    const quint64 ticket = m_lastTicket;
    isFree ? letNextGo() : m_next.set(m_freeAt);
    return ticket;
}

void RefreshThrottle::expedite(quint64 ticket)
{
    const auto found = find(ticket);
    if (found == m_waiters.end())
        return;
    const auto go = std::move(found->go);
    m_waiters.erase(found);
    go();
}

void RefreshThrottle::leave(quint64 ticket)
{
    const auto found = find(ticket);
    if (found != m_waiters.end())
        m_waiters.erase(found);
}

bool RefreshThrottle::holds(quint64 ticket) const
{
    return std::ranges::find(m_waiters, ticket, &Waiter::ticket) != m_waiters.end();
}

Milliseconds RefreshThrottle::gap() const
{
    const auto share = allTake / std::max<qsizetype>(m_population, 1);
    return std::clamp<Milliseconds>(share, 1ms, longestGap);
}

void RefreshThrottle::letNextGo()
{
    if (m_waiters.empty())
        return;
    const auto go = std::move(m_waiters.front().go);
    m_waiters.pop_front();
    m_freeAt = m_deadlines.now() + gap();
    if (!m_waiters.empty())
        m_next.set(m_freeAt);
    go();
}

std::deque<RefreshThrottle::Waiter>::iterator RefreshThrottle::find(quint64 ticket)
{
    return std::ranges::find(m_waiters, ticket, &Waiter::ticket);
}

} // namespace latchkey
