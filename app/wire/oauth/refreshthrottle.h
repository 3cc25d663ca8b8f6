// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"

#include <deque>
#include <functional>

namespace latchkey {

//! Spreads what many sessions want at the same moment: after a start, a sleep or an outage a
//! thousand of them are due at once. Those who come when nobody waits go at once; the others go
//! one after the other, so many a second that all of the population take 25 seconds, and never
//! fewer than 10 a second.
class RefreshThrottle : public QObject {
    Q_OBJECT
public:
    //! \a population tells how many there are.
    RefreshThrottle(
        DeadlineQueue &deadlines, std::function<qsizetype()> population, QObject *parent = nullptr);

    //! Calls \a go once: in this call or, when it is one of many, later. The number takes it back.
    quint64 enter(std::function<void()> go);
    //! Lets it go now, where it still waits.
    void expedite(quint64 ticket);
    void leave(quint64 ticket);
    //! It has not gone yet.
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
    std::function<qsizetype()> m_population;
    Deadline m_next;
    //! When the next one may go without waiting.
    std::optional<Instant> m_freeAt;
    std::deque<Waiter> m_waiters;
    quint64 m_lastTicket = 0;
};

} // namespace latchkey
