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

//! The one timer behind all deadlines. The clock decides what is due; the timer only wakes us
//! to look, and is never armed for more than a minute, because it stands still while the
//! machine sleeps and would overflow after 24.8 days.
class DeadlineQueue : public QObject {
    Q_OBJECT
public:
    static constexpr Milliseconds longestSleep = std::chrono::minutes(1);

    explicit DeadlineQueue(Clock clock, QObject *parent = nullptr);

    //! Fires whatever is due. Call it when time may have passed unseen: on resume, on a clock
    //! that was set, from tests after they moved their clock.
    void look();

    [[nodiscard]] Instant now() const { return m_clock(); }
    //! How long until the first deadline, on the clock that says less; nothing while none is set.
    [[nodiscard]] std::optional<Milliseconds> untilNext() const;
    //! How long the timer sleeps now; nothing while no deadline is set.
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

//! A moment to act at. Emits reached() once, from the event loop, when both it is set and
//! either clock says that it has come; it is unset by then. Must not outlive its queue.
class Deadline : public QObject {
    Q_OBJECT
public:
    explicit Deadline(DeadlineQueue &queue, QObject *parent = nullptr);
    ~Deadline() override;

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
