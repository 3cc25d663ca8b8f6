// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/text.h"

#include <algorithm>

namespace latchkey::ctl {

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

bool isPort(std::string_view text)
{
    return !text.empty() && text.size() <= 5
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isHostCharacter(char c)
{
    return c > ' ' && c <= '~' && std::string_view("/@?#%\\").find(c) == std::string_view::npos;
}

bool isSameSecret(std::string_view given, std::string_view secret)
{
    if (given.size() != secret.size())
        return false;
    unsigned difference = 0;
    for (std::size_t at = 0; at < secret.size(); ++at)
        difference |= static_cast<unsigned char>(given[at] ^ secret[at]);
    return difference == 0;
}

} // namespace latchkey::ctl
