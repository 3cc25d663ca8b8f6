// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "exitcode.h"

#include <algorithm>
#include <array>
#include <utility>

namespace latchkey::ctl {

ExitCode exitCodeFor(std::string_view reason)
{
    static constexpr std::array<std::pair<std::string_view, ExitCode>, 9> table{{
        {"failed", ExitCode::Failed},
        {"usage", ExitCode::Usage},
        {"no-agent", ExitCode::NoAgent},
        {"no-session", ExitCode::NoSession},
        {"sign-in-needed", ExitCode::SignInNeeded},
        {"unreachable", ExitCode::Unreachable},
        {"denied", ExitCode::Denied},
        {"trust-needed", ExitCode::TrustNeeded},
        {"code-needed", ExitCode::CodeNeeded},
    }};
    const auto row = std::find_if(
        table.begin(), table.end(), [reason](const auto &entry) { return entry.first == reason; });
    return row == table.end() ? ExitCode::Failed : row->second;
}

} // namespace latchkey::ctl
