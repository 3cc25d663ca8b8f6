// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include "failure.h"

#include <algorithm>

namespace latchkey::ctl {
namespace {

// Without the C library's ctype: no locale decides what a digit is.
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'A' && c <= 'F');
}
char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace

std::string normalisedCode(std::string_view typed)
{
    std::string code(typed);
    std::erase(code, ' ');
    const bool isRightLength = code.size() == 6 || code.size() == 8;
    if (!isRightLength || !std::all_of(code.begin(), code.end(), isDigit)) {
        throw Failure(ExitCode::Usage, "A code has 6 or 8 digits.");
    }
    return code;
}

std::string normalisedFingerprint(std::string_view typed)
{
    std::string digits(typed);
    std::erase(digits, ':');
    std::transform(digits.begin(), digits.end(), digits.begin(), upper);
    if (digits.size() != 64 || !std::all_of(digits.begin(), digits.end(), isHexDigit)) {
        throw Failure(
            ExitCode::Usage, "A SHA-256 fingerprint has 64 hexadecimal digits (32 bytes).");
    }
    std::string fingerprint;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        fingerprint += i == 0 ? "" : ":";
        fingerprint += digits.substr(i, 2);
    }
    return fingerprint;
}

std::chrono::duration<double> checkedSeconds(double seconds, const char *option)
{
    constexpr double day = 24 * 60 * 60;
    // Written so that what is not a number fails too.
    if (!(seconds >= 0 && seconds <= day)) {
        throw Failure(
            ExitCode::Usage, std::string(option) + " takes seconds, from 0 to 86400 (a day).");
    }
    return std::chrono::duration<double>(seconds);
}

} // namespace latchkey::ctl
