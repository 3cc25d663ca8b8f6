// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>

namespace latchkey::ctl {

//! Limit for a message's first line and headers, in bytes.
constexpr std::uint32_t longestHead = 64 * 1024;
//! How many 1xx answers are accepted before the final one.
constexpr int mostInterim = 8;

// Which headers are passed on, by their names in lower case. All others end at the gateway, and so
// does any header that a Connection header names.

[[nodiscard]] bool isForAppliance(std::string_view name);
[[nodiscard]] bool isForClient(std::string_view name);

//! Whether the value of a Connection header names this header.
[[nodiscard]] bool isNamedIn(std::string_view connection, std::string_view name);

} // namespace latchkey::ctl
