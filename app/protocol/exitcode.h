// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace latchkey::protocol {

//! The exit codes of latchkeyctl, which scripts rely on. The agent says the same by a word
//! (`data.reason`, docs/agent-api.md §3).
enum class ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,
    NoAgent = 3, //!< never from the agent, which is not there
    NoSession = 4,
    SignInNeeded = 5,
    Unreachable = 6,
    Denied = 7,
    TrustNeeded = 8,
    CodeNeeded = 9,
};

//! The agent's word for it: `sign-in-needed`.
[[nodiscard]] std::string_view reasonOf(ExitCode code);

//! `Failed` for a word that it does not know.
[[nodiscard]] ExitCode exitCodeFor(std::string_view reason);

} // namespace latchkey::protocol
