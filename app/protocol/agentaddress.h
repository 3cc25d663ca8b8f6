// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace latchkey::protocol {

//! Paths of the sockets where an agent of this user may listen, the best first. An agent takes the
//! first one; programs try all, because `/run/user/UID` may have come up after the agent started.
//!
//! Where `LATCHKEY_SOCKET` is set, or `XDG_RUNTIME_DIR` is a folder of the user's other than
//! `/run/user/UID`, that is the only place, so that a private agent stays apart. Otherwise they are
//! `/run/user/UID`, if that is a folder of the user's, and `/tmp/latchkey-UID`. Anybody can make
//! the latter, so an agent has to look whose folder it is, and a program whom it reaches.
[[nodiscard]] std::vector<std::string> agentAddresses();

//! What is wrong with the folder that `XDG_RUNTIME_DIR` names, as the beginning of a sentence.
//! Empty when it can be used, or is not needed.
[[nodiscard]] std::string runtimeFolderProblem();

//! How many bytes the path of a socket may have.
[[nodiscard]] std::size_t longestAddress();

} // namespace latchkey::protocol
