// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace latchkey::ctl {

// HTTP's own idea of letters, whatever the locale says.

[[nodiscard]] std::string lowered(std::string_view text);

//! One to five digits.
[[nodiscard]] bool isPort(std::string_view text);

//! May stand in a host's name or address, or in a port after it.
[[nodiscard]] bool isHostCharacter(char c);

//! Takes as long for a wrong key as for the right one.
[[nodiscard]] bool isSameSecret(std::string_view given, std::string_view secret);

} // namespace latchkey::ctl
