// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"

namespace latchkey::appliance {

class Switches;
struct Dialect;
struct TokenPair;
struct User;

// The `Login` answers of docs/protocol.md §4, with the members that the kind has, and changed as
// the switches ask for.
[[nodiscard]] HttpReply grantedReply(
    const Dialect &dialect, const Switches &switches, const User &user, const TokenPair &pair);

//! 200 or 202 with the ticket, dates of the year 1, and expires_in 0.
[[nodiscard]] HttpReply codeNeededReply(const Dialect &dialect, const Switches &switches,
    const User &user, const QString &ticket, bool isShortLived);

//! 200 with `redirectTo` alone.
[[nodiscard]] HttpReply ssoReply(
    const Dialect &dialect, const Switches &switches, const User &user, bool isShortLived);

} // namespace latchkey::appliance
