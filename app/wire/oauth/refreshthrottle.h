// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"

#include <deque>
#include <functional>

namespace latchkey {

//! Spreads the refreshes of many sessions: after a start, a sleep or an outage a thousand are due
//! at the same moment. A refresh goes at once if none went just before; the others queue, and one
//! goes each time the gap is over. The gap is 25 seconds divided by the number of sessions, 1 to
//! 100 ms.
class RefreshThrottle : public QObject {
    Q_OBJECT
public:
    explicit RefreshThrottle(DeadlineQueue &deadlines, QObject *parent = nullptr);

    //! The number of sessions is how many have joined and not parted.
    void join() { ++m_population; }
    void part() { --m_population; }
    //! Calls \a go once: within this call or, when it has to queue, later. Returns its ticket.
    quint64 enter(std::function<void()> go);
    //! Calls it now if it still waits.
    void expedite(quint64 ticket);
    //! Never calls it if it still waits.
    void leave(quint64 ticket);
    //! Whether it still waits.
    [[nodiscard]] bool holds(quint64 ticket) const;

private:
    struct Waiter {
        quint64 ticket;
        std::function<void()> go;
    };
    [[nodiscard]] Milliseconds gap() const;
    void letNextGo();
    [[nodiscard]] std::deque<Waiter>::iterator find(quint64 ticket);

    DeadlineQueue &m_deadlines;
    qsizetype m_population = 0;
    Deadline m_next;
    //! When the gap after the last one is over; nothing before the first.
    std::optional<Instant> m_freeAt;
    std::deque<Waiter> m_waiters;
    quint64 m_lastTicket = 0;
};

} // namespace latchkey
