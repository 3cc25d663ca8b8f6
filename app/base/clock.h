// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <functional>

namespace latchkey {

using Milliseconds = std::chrono::milliseconds;

//! The time of day, in UTC and milliseconds. May jump, as people and time servers set it.
using WallTime = std::chrono::sys_time<Milliseconds>;

//! Counts milliseconds from some unknown moment. Never jumps, and goes on while the machine sleeps.
struct SuspendCountingClock {
    using duration = Milliseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<SuspendCountingClock>;
    static constexpr bool is_steady = true;
};
using SteadyTime = SuspendCountingClock::time_point;

//! One moment by both clocks. Ends of tokens are kept this way, so that time is seen to have passed
//! even if somebody set the wall clock, or the machine slept.
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

//! The time left until \a end, by the clock that says less. Negative when it has passed.
[[nodiscard]] inline Milliseconds remaining(const Instant &end, const Instant &now)
{
    return std::min(end.wall - now.wall, end.steady - now.steady);
}

//! When \a end comes, by the wall clock as it is set now.
[[nodiscard]] inline WallTime onTheWall(const Instant &end, const Instant &now)
{
    return now.wall + remaining(end, now);
}

//! Reads both clocks. Passed in wherever time is needed; only `app/service` makes the real one.
using Clock = std::function<Instant()>;

} // namespace latchkey
