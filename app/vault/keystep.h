// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainwatch.h"
#include "vault/keyplace.h"
#include "vault/storeerror.h"

namespace latchkey {

//! The next step towards the vault key, given what is seen of the keychains.
struct KeyStep {
    enum class Kind {
        Tell, //!< do nothing, and report `trouble`
        Unlock, //!< unlock the collection of that name
        Read, //!< read the item in the place of that name
        Make, //!< make a new key, where QtKeychain puts new items
    };
    Kind kind = Kind::Tell;
    StoreError trouble = StoreError::Unavailable;
    QString name;
    //! A person will be asked something, as far as can be known beforehand.
    bool asks = false;
    //! The wallet must be opened first, which QtKeychain does itself.
    bool isClosed = false;

    friend bool operator==(const KeyStep &, const KeyStep &) = default;
};

//! The keychain that QtKeychain will use if it has not chosen yet: KWallet only if it is
//! \a preferred and answers.
[[nodiscard]] Keychain keychainInUse(const KeychainWatch::Finding &finding, Keychain preferred);

//! \a used is the keychain that QtKeychain reads and writes. A new key is made only if there never
//! was one, or if the place that held it is open and the key is gone.
[[nodiscard]] KeyStep keyStep(const KeychainWatch::Finding &finding,
    const std::optional<KeyPlace> &remembered, Keychain used, bool mayMake);

} // namespace latchkey
