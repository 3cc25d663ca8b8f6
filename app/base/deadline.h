// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace latchkey {

class Deadline;

//! The one timer behind all deadlines. The clock decides what is due; the timer only wakes us to
//! look at it. It never runs for more than a minute, because a QTimer stands still while the
//! machine sleeps, and overflows after 24.8 days.
class DeadlineQueue : public QObject {
    Q_OBJECT
public:
    static constexpr Milliseconds longestSleep = std::chrono::minutes(1);

    explicit DeadlineQueue(Clock clock, QObject *parent = nullptr);

    //! Fires all deadlines that are due. To be called when time may have passed unseen: when the
    //! machine wakes up, when the clock was set, and in tests that have moved their clock.
    void look();

    [[nodiscard]] Instant now() const { return m_clock(); }
    //! The time left until the first deadline, as remaining(); nothing while none is set.
    [[nodiscard]] std::optional<Milliseconds> untilNext() const;
    //! For how long the timer is set now; nothing while no deadline is set.
    [[nodiscard]] std::optional<Milliseconds> sleep() const;

private:
    friend class Deadline;
    void add(Deadline *deadline);
    void drop(Deadline *deadline);
    void arm();

    Clock m_clock;
    QTimer m_timer;
    std::vector<Deadline *> m_deadlines;
};

//! A moment to act at. While it is set, reached() is emitted once, from the event loop, when either
//! clock says that the moment has come; the deadline is unset before that. Must not outlive its
//! queue.
class Deadline : public QObject {
    Q_OBJECT
public:
    explicit Deadline(DeadlineQueue &queue, QObject *parent = nullptr);
    ~Deadline() override;

    //! Nothing unsets it.
    void set(const std::optional<Instant> &at);
    [[nodiscard]] const std::optional<Instant> &at() const { return m_at; }
    [[nodiscard]] DeadlineQueue &queue() const { return m_queue; }

Q_SIGNALS:
    void reached();

private:
    DeadlineQueue &m_queue;
    std::optional<Instant> m_at;
};

} // namespace latchkey
