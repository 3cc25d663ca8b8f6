// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/escaped.h"

#include "protocol/utf8.h"

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

//! First and last of each range, by Unicode 15: controls and format characters (Cc, Cf), blanks
//! other than the space (Zs, Zl, Zp), private use (Co), which each font draws as it likes, and
//! fillers, which are letters that look like nothing.
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
        const auto next = firstCharacter(text);
        const std::size_t size = next ? next->size : 1;
        if (!next)
            result += number('x', 2, static_cast<unsigned char>(text.front()));
        else if (isSeen(next->code))
            result += text.substr(0, size);
        else
            result += number('u', 4, next->code);
        text.remove_prefix(size);
    }
    return result;
}

} // namespace latchkey::protocol
