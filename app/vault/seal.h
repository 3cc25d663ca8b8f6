// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <optional>

namespace latchkey {

//! Bytes in a key for seal() and unseal().
constexpr qsizetype sealKeySize = 32;

//! What a sealed record is bound to.
struct SealOwner {
    //! Has to be told again to open it.
    QByteArray name;
    //! One line more about it, which stands in the file for everybody to read.
    QByteArray head;
};

//! Encrypts \a record with \a key, and binds it to \a owner (XChaCha20-Poly1305 of libsodium). The
//! result is one line that names the format, the owner's head in another, 24 bytes of a nonce that
//! is drawn anew each time, and the encrypted record with its tag of 16 bytes.
[[nodiscard]] QByteArray seal(const Secret &record, const Secret &key, const SealOwner &owner);

//! Nothing where \a sealed was not made by seal() with this key for an owner of this name, or was
//! changed in any bit since. The first format had its head in no line, so there it must be the
//! owner's.
[[nodiscard]] std::optional<Secret> unseal(
    QByteArrayView sealed, const Secret &key, const SealOwner &owner);

//! The head that stands in \a sealed: a claim, until that was opened. Nothing where there is none,
//! such as in the first format.
[[nodiscard]] std::optional<QByteArray> headOf(QByteArrayView sealed);

} // namespace latchkey
