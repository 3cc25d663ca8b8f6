// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string>

namespace latchkey::ctl {

// On Windows, a program gets its arguments as one text, and takes it apart itself. No system call
// in here.

//! The text from which CommandLineToArgvW() and the C run-time library of Microsoft make the same
//! arguments again; the first is the program.
[[nodiscard]] std::string commandLineOf(std::span<const std::string> command);

//! The same for a batch file, whose arguments cmd.exe reads first. Empty if one of them holds a
//! character that cmd.exe would obey whatever is around it, or that ends a line: no quotes help
//! there.
[[nodiscard]] std::string batchLineOf(std::span<const std::string> command);

} // namespace latchkey::ctl
