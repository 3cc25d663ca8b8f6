// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/input.h"

#include "protocol/utf8.h"

#include <algorithm>

namespace latchkey::protocol {

namespace {

//! Not by isdigit() of the C library, for which a locale decides what a digit is.
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isUpperHexDigit(char c)
{
    return isDigit(c) || (c >= 'A' && c <= 'F');
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

//! A space by Unicode, since what is pasted often has no-break spaces.
bool isSpace(char32_t c)
{
    return c == U' ' || (c >= U'\t' && c <= U'\r') || c == U'\u0085' || c == U'\u00a0'
        || c == U'\u1680' || (c >= U'\u2000' && c <= U'\u200a') || c == U'\u2028' || c == U'\u2029'
        || c == U'\u202f' || c == U'\u205f' || c == U'\u3000';
}

//! What stands between the digits of a code where it is shown in groups, or comes along unseen with
//! what is copied from a web page.
bool separates(char32_t c)
{
    const bool isDash = c == U'-' || (c >= U'\u2010' && c <= U'\u2015') || c == U'\u2212';
    const bool isUnseen = c == U'\u00ad' || (c >= U'\u200b' && c <= U'\u200f')
        || (c >= U'\u202a' && c <= U'\u202e') || (c >= U'\u2060' && c <= U'\u2069')
        || c == U'\ufeff';
    return isDash || isUnseen || isSpace(c);
}

} // namespace

std::optional<std::string> codeDigits(std::string_view typed)
{
    std::string digits;
    while (!typed.empty()) {
        const auto character = firstCharacter(typed);
        if (!character)
            return {};
        if (!separates(character->code))
            digits += typed.substr(0, character->size);
        typed.remove_prefix(character->size);
    }
    const bool isRightLength = digits.size() == 6 || digits.size() == 8;
    if (!isRightLength || !std::all_of(digits.begin(), digits.end(), isDigit))
        return {};
    return digits;
}

std::optional<std::string> fingerprintText(std::string_view typed)
{
    constexpr std::size_t length = 64;
    std::string digits(typed);
    std::erase_if(digits, [](char c) { return c == ':' || c == ' '; });
    std::transform(digits.begin(), digits.end(), digits.begin(), upper);
    if (digits.size() != length || !std::all_of(digits.begin(), digits.end(), isUpperHexDigit))
        return {};
    for (std::size_t at = length - 2; at > 0; at -= 2)
        digits.insert(at, 1, ':');
    return digits;
}

} // namespace latchkey::protocol
