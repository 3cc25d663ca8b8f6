// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory_resource>

namespace latchkey {

//! Memory that stays out of the swap file, as far as the user's limit allows, and out of dumps.
//! Small pieces share pages. Lives as long as the program; for one thread.
[[nodiscard]] std::pmr::memory_resource *lockedMemory();

} // namespace latchkey
