// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"
#include "vault/keychainwatch.h"

#include <memory>

namespace latchkey {

//! The keychain that QtKeychain takes on this desktop if it answers in time. Goes by the same
//! environment variables as QtKeychain.
[[nodiscard]] Keychain preferredKeychain();

//! The name of KDE's wallet on this desktop's bus, such as `kwalletd5`.
[[nodiscard]] QString walletDaemon();

//! What can be seen of this desktop's keychains.
[[nodiscard]] std::unique_ptr<KeychainWatch> watchKeychains();

} // namespace latchkey
