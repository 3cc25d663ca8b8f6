// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/escaped.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace latchkey::protocol {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

//! Controls, format characters, blanks other than the space, letters that look like nothing, and
//! what each font is free to draw as it likes (Unicode 15: Cc, Cf, Zs, Zl, Zp, Co and fillers).
constexpr std::array unseen{Range{0x0, 0x1f}, Range{0x7f, 0xa0}, Range{0xad, 0xad},
    Range{0x34f, 0x34f}, Range{0x600, 0x605}, Range{0x61c, 0x61c}, Range{0x6dd, 0x6dd},
    Range{0x70f, 0x70f}, Range{0x890, 0x891}, Range{0x8e2, 0x8e2}, Range{0x115f, 0x1160},
    Range{0x1680, 0x1680}, Range{0x17b4, 0x17b5}, Range{0x180b, 0x180f}, Range{0x2000, 0x200f},
    Range{0x2028, 0x202f}, Range{0x205f, 0x206f}, Range{0x3000, 0x3000}, Range{0x3164, 0x3164},
    Range{0xe000, 0xf8ff}, Range{0xfeff, 0xfeff}, Range{0xffa0, 0xffa0}, Range{0xfff0, 0xfffb},
    Range{0x110bd, 0x110bd}, Range{0x110cd, 0x110cd}, Range{0x13430, 0x1345f},
    Range{0x1bca0, 0x1bca3}, Range{0x1d173, 0x1d17a}, Range{0xe0000, 0x10ffff}};

bool isSeen(char32_t character)
{
    return std::none_of(unseen.begin(), unseen.end(), [character](const Range &range) {
        return range.first <= character && character <= range.last;
    });
}

struct Character {
    char32_t code = 0;
    std::size_t size = 0; //!< in bytes; 0 where they are no UTF-8
};

std::size_t sizeFrom(char32_t lead)
{
    if (lead < 0xc2 || lead > 0xf4) {
        return 0;
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

//! RFC 3629 §4: none that is longer than need be, and no surrogate.
Character firstOf(std::string_view text)
{
    const auto byte = [text](std::size_t at) -> char32_t {
        return static_cast<unsigned char>(text[at]);
    };
    const char32_t lead = byte(0);
    if (lead < 0x80) {
        return {lead, 1};
    }
    const std::size_t size = sizeFrom(lead);
    if (size == 0 || text.size() < size) {
        return {};
    }
    char32_t code = lead & (0x7fU >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xc0U) != 0x80) {
            return {};
        }
        code = code << 6U | (byte(at) & 0x3fU);
    }
    const bool isTooLong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
    const bool isSurrogate = code >= 0xd800 && code <= 0xdfff;
    return isTooLong || isSurrogate || code > 0x10ffff ? Character{} : Character{code, size};
}

std::string number(char letter, int digits, char32_t code)
{
    std::array<char, 16> text{};
    std::snprintf(
        text.data(), text.size(), "\\%c%0*x", letter, digits, static_cast<unsigned>(code));
    return text.data();
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const Character next = firstOf(text);
        const std::size_t size = std::max<std::size_t>(next.size, 1);
        if (next.size == 0) {
            result += number('x', 2, static_cast<unsigned char>(text.front()));
        } else if (isSeen(next.code)) {
            result += text.substr(0, size);
        } else {
            result += number('u', 4, next.code);
        }
        text.remove_prefix(size);
    }
    return result;
}

} // namespace latchkey::protocol
