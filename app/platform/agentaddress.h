// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <optional>

namespace latchkey {

//! Where the agent listens: `LATCHKEY_SOCKET`, or else the user's private run-time folder, which is
//! made if needed, or else a place of our own (protocol/agentaddress.h).
[[nodiscard]] QString agentAddress();

//! A sentence for the log if \a address is not where people would look for it.
[[nodiscard]] std::optional<QString> remarkOn(const QString &address);

//! Makes the folder of \a address, for its owner alone. Returns what is wrong, as a sentence: the
//! folder cannot be made, it is a link or belongs to somebody else, something that is not a socket
//! is at the address, or the address is too long for a socket.
[[nodiscard]] std::optional<QString> prepareAgentFolder(const QString &address);

} // namespace latchkey
