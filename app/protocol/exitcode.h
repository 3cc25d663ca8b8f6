// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace latchkey::protocol {

//! How latchkeyctl ends: a contract with scripts. The agent says the same in words (`data.reason`,
//! docs/agent-api.md §3).
enum class ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,
    NoAgent = 3, //!< of latchkeyctl alone: there is nobody to say it
    NoSession = 4,
    SignInNeeded = 5,
    Unreachable = 6,
    Denied = 7,
    TrustNeeded = 8,
    CodeNeeded = 9,
};

[[nodiscard]] std::string_view reasonOf(ExitCode code);

//! A word that is not in the table is `Failed`.
[[nodiscard]] ExitCode exitCodeFor(std::string_view reason);

} // namespace latchkey::protocol
