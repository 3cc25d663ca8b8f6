// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace latchkey::ctl {

// Letters and digits as HTTP defines them, regardless of the locale.

[[nodiscard]] std::string lowered(std::string_view text);

//! Whether the text is one to five digits.
[[nodiscard]] bool isPort(std::string_view text);

//! Whether the character may occur in a host's name or address, or in the port after it.
[[nodiscard]] bool isHostCharacter(char c);

//! Takes the same time for a wrong key as for the right one.
[[nodiscard]] bool isSameSecret(std::string_view given, std::string_view secret);

} // namespace latchkey::ctl
