// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <optional>

namespace latchkey {

//! Bytes in a key for seal() and unseal().
constexpr qsizetype sealKeySize = 32;

//! Encrypts \a record with \a key, and binds it to \a owner, which has to be told again to open it
//! (XChaCha20-Poly1305 of libsodium). The result is one line that names the format, 24 bytes of a
//! nonce that is drawn anew each time, and the encrypted record with its tag of 16 bytes.
[[nodiscard]] QByteArray seal(const Secret &record, const Secret &key, QByteArrayView owner);

//! Nothing where \a sealed was not made by seal() with this key for this owner, or was changed in
//! any bit since.
[[nodiscard]] std::optional<Secret> unseal(
    QByteArrayView sealed, const Secret &key, QByteArrayView owner);

} // namespace latchkey
