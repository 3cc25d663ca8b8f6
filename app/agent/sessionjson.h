// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/session.h"

#include <QJsonObject>

#include <optional>

namespace latchkey {

//! A session as scripts see it (docs/agent-api.md §4). Absent is null; times are RFC 3339 UTC, in
//! the local clock's time; spans are whole seconds.
[[nodiscard]] QJsonObject jsonFrom(const SessionSnapshot &snapshot);

//! The same with `history`: what happened, oldest first, each with `at state cause reason
//! httpStatus words requestId applianceTime`.
[[nodiscard]] QJsonObject jsonWithHistoryFrom(const SessionSnapshot &snapshot);

//! The access token for a program, with its end and with the appliance that it is for: in one
//! answer, for between two the name may come to mean another one. The only place where one is
//! written out; and the only one where \a proxy is, through which the appliance is reached, with
//! its credentials (see ProxyChoice::url()): empty without one, nothing where nobody wants to know.
[[nodiscard]] QJsonObject handOut(const TokenSet &tokens, const Account &account,
    const Instant &now, const std::optional<QString> &proxy = {});

} // namespace latchkey
