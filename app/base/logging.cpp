// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/logging.h"

namespace latchkey {

//! What a session does and why it changed.
Q_LOGGING_CATEGORY(sessionLog, "latchkey.session", QtInfoMsg)
//! Requests to appliances: grant, status, duration. Never a body or a header.
Q_LOGGING_CATEGORY(wireLog, "latchkey.wire", QtInfoMsg)
//! The vault: its key in the keychain, its sealed files, and what is wrong with either.
Q_LOGGING_CATEGORY(vaultLog, "latchkey.vault", QtInfoMsg)
//! Programs that ask for tokens.
Q_LOGGING_CATEGORY(agentLog, "latchkey.agent", QtInfoMsg)
//! Windows and tray.
Q_LOGGING_CATEGORY(uiLog, "latchkey.ui", QtInfoMsg)

} // namespace latchkey
