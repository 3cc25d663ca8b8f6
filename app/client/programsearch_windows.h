// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>

namespace latchkey::ctl {

struct FoundProgram {
    std::string file;
    bool isBatch = false; //!< a .bat or .cmd, which cmd.exe runs
};

//! The program that a command names: by its path, or as cmd.exe finds it in the folders of PATH,
//! but never in the current folder, where others may have put one. `.com`, `.exe`, `.bat` or `.cmd`
//! may be left out.
[[nodiscard]] std::optional<FoundProgram> foundProgram(const std::string &name);

} // namespace latchkey::ctl
