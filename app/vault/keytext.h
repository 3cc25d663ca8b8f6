// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QString>

namespace latchkey {

//! The vault key as the keychain's item: one line of printable ASCII,
//! `latchkey-vault-key-1:` and base64url. More than that has destroyed keyrings: gnome-keyring's
//! file without a password breaks on a line break, and takes all other items with it.

//! sealKeySize random bytes.
[[nodiscard]] Secret newVaultKey();
[[nodiscard]] Secret textOfVaultKey(const Secret &key);
//! Empty where \a text is not such a line.
[[nodiscard]] Secret vaultKeyFrom(const Secret &text);
//! A short name of the key that tells it from others and nothing about it.
[[nodiscard]] QString nameOfVaultKey(const Secret &key);

} // namespace latchkey
