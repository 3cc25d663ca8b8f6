// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/session.h"
#include "wire/oauth/kind.h"

#include <QJsonObject>

#include <optional>

namespace latchkey {

//! A session as scripts see it (docs/agent-api.md §4). What is not known is null. Times are RFC
//! 3339 in UTC, by this computer's clock (those in `appliance`: by the appliance's); spans are
//! whole seconds; texts for people are in English.
[[nodiscard]] QJsonObject jsonFrom(const SessionSnapshot &snapshot);

//! The same with `history`: what happened, oldest first, each with `at state cause reason
//! httpStatus words requestId applianceTime`.
[[nodiscard]] QJsonObject jsonWithHistoryFrom(const SessionSnapshot &snapshot);

//! An access token for a program, with its end and the appliance that it is for. They are in one
//! answer because the name may mean another appliance by the next one. No other function writes an
//! access token, or a proxy's credentials, for a program. Without \a kind, it is not known where
//! else the appliance deals in tokens. \a proxy is ProxyChoice::url() of the way
//! to the appliance, empty where there is no proxy; nothing leaves the member out.
[[nodiscard]] QJsonObject handOut(const TokenSet &tokens, const Account &account,
    const std::optional<Kind> &kind, const Instant &now, const std::optional<QString> &proxy = {});

} // namespace latchkey
