// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace latchkey::protocol {

//! Where a program of ours lies that others are run by, such as `latchkey-gateway`: beside the
//! programs of \a folder, or where it is installed. Absolute paths, the likelier one first; none
//! where \a folder is empty, for they would have to be looked for where we happen to stand.
[[nodiscard]] std::vector<std::string> placesOf(
    const std::string &program, const std::string &folder);

//! The files through which people and programs ask the agent: latchkeyctl, and what it becomes.
//! Behind those stands whoever started them. Another file of the same name is none of them.
[[nodiscard]] std::vector<std::string> goBetweens(const std::string &folder);

} // namespace latchkey::protocol
