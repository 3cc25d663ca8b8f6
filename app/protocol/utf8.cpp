// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/utf8.h"

#include <array>

namespace latchkey::protocol {

namespace {

//! How many bytes a character that begins with \a lead has; 0 when none does.
std::size_t sizeFrom(unsigned char lead)
{
    return lead < 0x80          ? 1
        : lead >> 5U == 0b110   ? 2
        : lead >> 4U == 0b1110  ? 3
        : lead >> 3U == 0b11110 ? 4
                                : 0;
}

} // namespace

std::optional<Character> firstCharacter(std::string_view text)
{
    static constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = sizeFrom(lead);
    if (size == 0 || size > text.size())
        return std::nullopt;
    char32_t code = size == 1 ? lead : lead & (0x7fU >> size);
    for (const char c : text.substr(1, size - 1)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >> 6U != 0b10)
            return std::nullopt;
        code = code << 6U | (byte & 0x3fU);
    }
    const bool isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < smallest.at(size) || code > 0x10ffff || isSurrogate)
        return std::nullopt;
    return Character{code, size};
}

} // namespace latchkey::protocol
