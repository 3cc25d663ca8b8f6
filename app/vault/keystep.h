// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainwatch.h"
#include "vault/keyplace.h"
#include "vault/storeerror.h"

namespace latchkey {

//! What is to be done next for the vault key, by what is seen of the keychains.
struct KeyStep {
    enum class Kind {
        Tell, //!< nothing but `trouble`
        Unlock, //!< the collection of that name
        Read, //!< the item, which is in the place of that name
        Make, //!< a new key, where QtKeychain puts new items
    };
    Kind kind = Kind::Tell;
    StoreError trouble = StoreError::Unavailable;
    QString name;
    //! A person is asked something, as far as can be known beforehand.
    bool asks = false;
    //! It is the wallet that has to be opened for it, which QtKeychain sees to.
    bool isClosed = false;

    friend bool operator==(const KeyStep &, const KeyStep &) = default;
};

//! What QtKeychain uses where it has not chosen yet: KWallet only if that is \a preferred and
//! answers.
[[nodiscard]] Keychain keychainInUse(const KeychainWatch::Finding &finding, Keychain preferred);

//! \a used is what QtKeychain reads and writes. A new key is made only where there never was one,
//! or where the place that held it is open and it is gone.
[[nodiscard]] KeyStep keyStep(const KeychainWatch::Finding &finding,
    const std::optional<KeyPlace> &remembered, Keychain used, bool mayMake);

} // namespace latchkey
