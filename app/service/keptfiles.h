// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "vault/seal.h"

#include <optional>

namespace latchkey {

//! What a session's files are called, without folder and extension.
[[nodiscard]] QString fileNameFor(const Account &account);

//! Whose a sealed file is. It opens in the account's place only; anywhere else it counts as
//! damaged.
[[nodiscard]] SealOwner ownerFrom(const Account &account);

//! Whose the sealed file at \a path says it is; that is not checked against its seal.
[[nodiscard]] std::optional<Account> ownerIn(const QString &path);

} // namespace latchkey
