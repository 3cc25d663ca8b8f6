// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <optional>

namespace latchkey {

//! Length of the key for seal() and unseal(), in bytes.
constexpr qsizetype sealKeySize = 32;

//! What a sealed record is bound to.
struct SealOwner {
    //! Must be given again to open the record.
    QByteArray name;
    //! One more line about the owner, which anybody can read in the file.
    QByteArray head;
};

//! Encrypts \a record with \a key and binds it to \a owner (XChaCha20-Poly1305 of libsodium). The
//! result is one line that names the format, one line with the owner's head, 24 bytes of a fresh
//! random nonce, and the encrypted record with its tag of 16 bytes.
[[nodiscard]] QByteArray seal(const Secret &record, const Secret &key, const SealOwner &owner);

//! Nothing if \a sealed was not made by seal() with this key for an owner of this name, or if any
//! bit has changed since. The first format does not contain the head, so for that format \a owner
//! must have the right one.
[[nodiscard]] std::optional<Secret> unseal(
    QByteArrayView sealed, const Secret &key, const SealOwner &owner);

//! The head in \a sealed, which is only a claim until unseal() succeeds. Nothing if there is none,
//! as in the first format.
[[nodiscard]] std::optional<QByteArray> headOf(QByteArrayView sealed);

} // namespace latchkey
