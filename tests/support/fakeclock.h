// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <memory>

namespace latchkey::test {

//! Both clocks in the hands of a test. It starts at 2026-01-02 03:04:05 UTC. Copies of clock()
//! go on telling the time after it is gone.
class FakeClock {
public:
    static constexpr WallTime start{std::chrono::seconds(1767323045)};

    [[nodiscard]] Instant now() const { return *m_now; }
    //! Time passes, whether the machine sleeps or not.
    void advance(Milliseconds span) { *m_now = *m_now + span; }
    //! Somebody sets the clock on the wall.
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
