// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/arguments.h"

#include "client/failures.h"
#include "protocol/input.h"

namespace latchkey::ctl {

std::string normalisedCode(std::string_view typed)
{
    const auto digits = protocol::codeDigits(typed);
    if (!digits)
        throw wrongCode();
    return *digits;
}

std::string normalisedFingerprint(std::string_view typed)
{
    const auto text = protocol::fingerprintText(typed);
    if (!text)
        throw wrongFingerprint();
    return *text;
}

std::chrono::duration<double> checkedSeconds(double seconds, const char *option)
{
    constexpr double day = 24 * 60 * 60;
    // Written this way round so that NaN fails as well.
    if (!(seconds >= 0 && seconds <= day))
        throw wrongSeconds(option);
    return std::chrono::duration<double>(seconds);
}

} // namespace latchkey::ctl
