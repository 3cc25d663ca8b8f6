// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace latchkey::ctl {

//! Writes a file that only its owner can read. Throws a Failure if that fails, or if there is one
//! already: never writes over a file, nor through a link. One source file per operating system.
void writeNewFile(const std::string &path, const std::string &text);

} // namespace latchkey::ctl
