// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "handle.h"

#include <string>
#include <vector>

namespace latchkey::handover {

//! A program of ours that runs.
struct Program {
    Handle process;
    DWORD id = 0;
    DWORD session = 0; //!< of the desktop that it is in
    std::wstring file;
    std::wstring commandLine; //!< empty if the system does not tell it
};

//! Those whose file is in \a folder or in a folder below. Without latchkeyctl: it ends by itself
//! when nobody answers it any more, unless it waits for a command that somebody has it run.
[[nodiscard]] std::vector<Program> programsIn(const std::wstring &folder);

//! Asks each to end, and ends those that do not within ten seconds: what a Latchkey has said is
//! kept survives that.
void end(const std::vector<Program> &programs);

} // namespace latchkey::handover
