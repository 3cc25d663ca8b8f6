// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/suspendclock.h"

#include <ctime>

namespace latchkey {

namespace {

Milliseconds read(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec)
        + std::chrono::duration_cast<Milliseconds>(std::chrono::nanoseconds(time.tv_nsec));
}

} // namespace

Instant readClocks()
{
    return {WallTime(read(CLOCK_REALTIME)), SteadyTime(read(CLOCK_BOOTTIME))};
}

} // namespace latchkey
