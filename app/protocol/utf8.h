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

//! What \a text, which is not empty, begins with. Nothing where that is no UTF-8, a surrogate, or
//! longer than need be (RFC 3629 §3): `C0 AE` is a dot for who does not look.
[[nodiscard]] std::optional<Character> firstCharacter(std::string_view text);

} // namespace latchkey::protocol
