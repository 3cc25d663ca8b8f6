// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace latchkey::protocol {

//! Where \a program, a helper such as `latchkey-gateway`, may be for programs in \a folder: beside
//! them, or in the folder where helpers are installed. Absolute paths, the likelier first. None if
//! \a folder is empty: a relative path would be looked for in the current folder.
[[nodiscard]] std::vector<std::string> placesOf(
    const std::string &program, const std::string &folder);

//! Paths of the programs that only pass on what another asks of the agent: latchkeyctl in \a
//! folder, and what it becomes. The agent looks at who started them instead. They are known by
//! their whole path, not by their name.
[[nodiscard]] std::vector<std::string> goBetweens(const std::string &folder);

} // namespace latchkey::protocol
