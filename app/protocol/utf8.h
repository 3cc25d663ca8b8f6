// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace latchkey::protocol {

struct Character {
    char32_t code = 0;
    std::size_t size = 0; //!< in bytes, 1 to 4
};

//! The first character of \a text, which must not be empty. Nothing when it is not UTF-8 by RFC
//! 3629 §3, which forbids surrogates and forms longer than need be, such as `C0 AE` for a dot.
[[nodiscard]] std::optional<Character> firstCharacter(std::string_view text);

} // namespace latchkey::protocol
