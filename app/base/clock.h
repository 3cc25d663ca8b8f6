// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <functional>

namespace latchkey {

using Milliseconds = std::chrono::milliseconds;

//! The time on the wall, UTC. May jump: people and time servers set it.
using WallTime = std::chrono::sys_time<Milliseconds>;

//! Counts from an unknown start, never jumps and goes on while the machine sleeps.
struct SuspendCountingClock {
    using duration = Milliseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<SuspendCountingClock>;
    static constexpr bool is_steady = true;
};
using SteadyTime = SuspendCountingClock::time_point;

//! One moment, read from both clocks at once. Ends of tokens are kept this way, so that
//! neither a clock that was set nor a machine that slept can hide that time has passed.
struct Instant {
    WallTime wall;
    SteadyTime steady;

    friend Instant operator+(Instant instant, Milliseconds span)
    {
        return {instant.wall + span, instant.steady + span};
    }
    friend Instant operator-(Instant instant, Milliseconds span) { return instant + -span; }
    friend bool operator==(const Instant &, const Instant &) = default;
};

//! What is left until \a end: the lesser of what the two clocks say. Negative when it has passed.
[[nodiscard]] inline Milliseconds remaining(const Instant &end, const Instant &now)
{
    return std::min(end.wall - now.wall, end.steady - now.steady);
}

//! Where \a end stands on the wall clock as it is set now.
[[nodiscard]] inline WallTime onTheWall(const Instant &end, const Instant &now)
{
    return now.wall + remaining(end, now);
}

//! Reads both clocks. Injected everywhere; only `app/service` knows the real one.
using Clock = std::function<Instant()>;

} // namespace latchkey
