// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QString>

namespace latchkey {

//! The vault key as text for the keychain: one line of printable ASCII, `latchkey-vault-key-1:` and
//! base64url. Anything more has destroyed keyrings: a gnome-keyring file without a password breaks
//! at a line break, and all other items in it are lost.

//! sealKeySize random bytes.
[[nodiscard]] Secret newVaultKey();
[[nodiscard]] Secret textOfVaultKey(const Secret &key);
//! Empty if \a text is not such a line.
[[nodiscard]] Secret vaultKeyFrom(const Secret &text);
//! A short name that tells this key from others and reveals nothing about it.
[[nodiscard]] QString nameOfVaultKey(const Secret &key);

} // namespace latchkey
