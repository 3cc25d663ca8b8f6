// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/exitcode.h"

#include <algorithm>
#include <array>

namespace latchkey::protocol {

namespace {

//! At the place of its exit code.
constexpr std::array<std::string_view, 10> reasons{"done", "failed", "usage", "no-agent",
    "no-session", "sign-in-needed", "unreachable", "denied", "trust-needed", "code-needed"};

} // namespace

std::string_view reasonOf(ExitCode code)
{
    return reasons.at(static_cast<std::size_t>(code));
}

ExitCode exitCodeFor(std::string_view reason)
{
    const auto found = std::find(reasons.begin() + 1, reasons.end(), reason);
    return found == reasons.end() ? ExitCode::Failed
                                  : static_cast<ExitCode>(found - reasons.begin());
}

} // namespace latchkey::protocol
