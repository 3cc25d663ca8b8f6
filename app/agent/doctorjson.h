// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionsnapshot.h"
#include "vault/vaultcheck.h"
#include "wire/http/applianceprobe.h"

#include <QJsonObject>

namespace latchkey {

//! What an examination found, as scripts see it. Absent is null; each trouble is a sentence,
//! `problem`, that says what to do; null when nothing is wrong.

//! {backend, state, roundTrip{ok, bytes, milliseconds}, problem}; the round trip is one through
//! the data folder.
[[nodiscard]] QJsonObject jsonFrom(const VaultReport &report);
//! The same where no keychain is wanted.
[[nodiscard]] QJsonObject memoryOnlyJson();
//! {name, server, reachable, problem, tls{protocol, trusted, sha256, validUntil}, clockOffset,
//! persisted}
[[nodiscard]] QJsonObject jsonFrom(
    const SessionSnapshot &session, const ApplianceReport &appliance);

} // namespace latchkey
