// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory_resource>

namespace latchkey {

//! Memory that is kept out of dumps and, as far as the user's limit allows, out of the swap file.
//! Small pieces share pages. It lives as long as the program, and is for one thread only.
[[nodiscard]] std::pmr::memory_resource *lockedMemory();

} // namespace latchkey
