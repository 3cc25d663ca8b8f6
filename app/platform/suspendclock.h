// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

namespace latchkey {

//! Both real clocks, read now. The steady one continues while the machine sleeps: CLOCK_BOOTTIME on
//! Linux, mach_continuous_time on macOS, QueryInterruptTime on Windows.
[[nodiscard]] Instant readClocks();

} // namespace latchkey
