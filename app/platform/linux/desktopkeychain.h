// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"
#include "vault/keychainwatch.h"

#include <memory>

namespace latchkey {

//! The keychain that QtKeychain takes on this desktop if it answers in time, by the same variables
//! of the environment.
[[nodiscard]] Keychain preferredKeychain();

//! The name by which KDE's wallet is known on the bus of this desktop, such as `kwalletd5`.
[[nodiscard]] QString walletDaemon();

//! What can be seen of this desktop's keychains.
[[nodiscard]] std::unique_ptr<KeychainWatch> watchKeychains();

} // namespace latchkey
