// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace latchkey::ctl {

// Which headers go through, by their names in lower case. The rest ends at the gateway, as does
// what a Connection header names.

[[nodiscard]] bool isForAppliance(std::string_view name);
[[nodiscard]] bool isForClient(std::string_view name);

//! Whether the value of a Connection header names it.
[[nodiscard]] bool isNamedIn(std::string_view connection, std::string_view name);

} // namespace latchkey::ctl
