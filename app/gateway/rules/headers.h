// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>

namespace latchkey::ctl {

//! Bytes that a message's first line and headers may take.
constexpr std::uint32_t longestHead = 64 * 1024;
//! Answers of the kind 1xx before the one that counts.
constexpr int mostInterim = 8;

// Which headers go through, by their names in lower case. The rest ends at the gateway, as does
// what a Connection header names.

[[nodiscard]] bool isForAppliance(std::string_view name);
[[nodiscard]] bool isForClient(std::string_view name);

//! Whether the value of a Connection header names it.
[[nodiscard]] bool isNamedIn(std::string_view connection, std::string_view name);

} // namespace latchkey::ctl
