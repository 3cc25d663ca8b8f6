// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <optional>

namespace latchkey {

//! Where the agent listens: `LATCHKEY_SOCKET`, else the user's private run-time folder, which it
//! makes if need be, else a place of our own (protocol/agentaddress.h).
[[nodiscard]] QString agentAddress();

//! A sentence for the log where \a address is not where one would look for it.
[[nodiscard]] std::optional<QString> remarkOn(const QString &address);

//! Makes the folder of \a address, for its owner alone. Returns what is wrong, as a sentence, when
//! it cannot be made, when it is a link or somebody else's, when something that is no socket stands
//! at the address, or when that is too long for one.
[[nodiscard]] std::optional<QString> prepareAgentFolder(const QString &address);

} // namespace latchkey
