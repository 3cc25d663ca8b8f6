// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace latchkey::protocol {

//! Where an agent of this user may listen: an agent takes the first place, and programs look at
//! all, since there may be more of them now than when it started. `LATCHKEY_SOCKET`, or an
//! `XDG_RUNTIME_DIR` of one's own, leave no choice, and so keep what is private apart. Otherwise it
//! is `/run/user/UID`, where that is a folder of the user's own, and last `/tmp/latchkey-UID`,
//! which somebody else may have made: an agent has to look whose it is, and a program whom it
//! reaches.
[[nodiscard]] std::vector<std::string> agentAddresses();

//! Where the run-time folder of `XDG_RUNTIME_DIR` cannot be used: what is wrong with it, as the
//! beginning of a sentence. Empty where it can, or where none is needed.
[[nodiscard]] std::string runtimeFolderProblem();

//! How many bytes the address of a socket may have.
[[nodiscard]] std::size_t longestAddress();

} // namespace latchkey::protocol
