// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionsnapshot.h"
#include "session/words/sentences.h"
#include "vault/vaultcheck.h"
#include "wire/http/applianceprobe.h"

#include <QJsonObject>

namespace latchkey {

//! What is wrong with the vault, and what to do about it; empty where nothing is. A window and
//! `latchkeyctl doctor` say the same.
[[nodiscard]] Sentence problemOf(const VaultReport &report);
//! The worst that is wrong with a session, whose appliance was found as \a appliance says.
[[nodiscard]] Sentence problemOf(const SessionSnapshot &session, const ApplianceReport &appliance);

// What an examination found, as scripts see it (docs/agent-api.md §5). What is not known is null.
// `problem` is an English sentence that says what to do, and null when nothing is wrong.

//! {backend, state, roundTrip{ok, bytes, milliseconds}, problem}. The round trip is that of a file,
//! written to the data folder and read again.
[[nodiscard]] QJsonObject jsonFrom(const VaultReport &report);
//! The same for a Latchkey that uses no keychain.
[[nodiscard]] QJsonObject memoryOnlyJson();
//! Why the appliance cannot be used as it was found; nothing when all is well.
[[nodiscard]] std::optional<Sentence> troubleWith(
    const SessionSnapshot &session, const ApplianceReport &appliance);
//! {name, server, reachable, problem, tls{protocol, trusted, sha256, validUntil}, clockOffset,
//! persisted}. clockOffset is the appliance's clock minus ours, in seconds.
[[nodiscard]] QJsonObject jsonFrom(
    const SessionSnapshot &session, const ApplianceReport &appliance);

} // namespace latchkey
