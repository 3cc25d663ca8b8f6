// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"

namespace latchkey::appliance {

class Switches;
struct TokenPair;
struct User;

//! The `Login` answers of docs/protocol.md §4, spoiled as the switches ask for.
[[nodiscard]] HttpReply grantedReply(
    const Switches &switches, const User &user, const TokenPair &pair);

//! 200 with year 1 dates, expires_in 0 and the ticket.
[[nodiscard]] HttpReply codeNeededReply(
    const Switches &switches, const User &user, const QString &ticket, bool isShortLived);

//! 200 with `redirectTo` alone.
[[nodiscard]] HttpReply ssoReply(const Switches &switches, const User &user, bool isShortLived);

} // namespace latchkey::appliance
