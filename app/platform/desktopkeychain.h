// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"

namespace latchkey {

//! The keychain that QtKeychain takes on this desktop if it answers in time, by the same variables
//! of the environment.
[[nodiscard]] Keychain preferredKeychain();

//! The name by which KDE's wallet is known on the bus of this desktop, such as `kwalletd5`.
[[nodiscard]] QString walletDaemon();

} // namespace latchkey
