// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace latchkey {

//! Where the agent listens: `LATCHKEY_SOCKET`, else the user's private run-time folder.
[[nodiscard]] QString agentAddress();

//! Makes the folder of \a address, for its owner alone. False when it cannot be made, when it is a
//! link or somebody else's, or when something that is no socket stands at the address.
[[nodiscard]] bool prepareAgentFolder(const QString &address);

} // namespace latchkey
