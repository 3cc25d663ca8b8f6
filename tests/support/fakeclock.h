// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <memory>

namespace latchkey::test {

//! Both clocks, under the test's control. They start at 2026-01-02 03:04:05 UTC. Copies of clock()
//! still work after this object is gone.
class FakeClock {
public:
    static constexpr WallTime start{std::chrono::seconds(1767323045)};

    [[nodiscard]] Instant now() const { return *m_now; }
    //! Lets time pass, whether or not the machine sleeps.
    void advance(Milliseconds span) { *m_now = *m_now + span; }
    //! Sets the wall clock, as a person might.
    void jumpWall(Milliseconds span) { m_now->wall += span; }

    [[nodiscard]] Clock clock() const
    {
        return [now = m_now] {
            return *now;
        };
    }

private:
    std::shared_ptr<Instant> m_now =
        std::make_shared<Instant>(Instant{start, SteadyTime(std::chrono::hours(5))});
};

} // namespace latchkey::test
