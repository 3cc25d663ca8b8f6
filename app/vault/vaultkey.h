// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "vault/storeerror.h"

#include <QObject>

#include <optional>

namespace latchkey {

//! Port to the vault key: the 32 random bytes with which all token sets are sealed. It is read
//! once a program and then kept, whatever becomes of the keychain that holds it.
//!
//! fetch() and fetchOrMake() return at once. What comes of them is told by changed(), from the
//! event loop, as often as something is different: a keychain that was locked may be unlocked
//! an hour later.
class VaultKey : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Asks the keychain, unless the key is here or being asked for: something sealed is to be
    //! opened. A person is asked once a program at most, and again after allowPrompt().
    virtual void fetch() = 0;
    //! The same where something new is to be sealed: makes a key where there never was one, or
    //! where the one that was is missing for good (KeyMissing); never where it rests elsewhere.
    virtual void fetchOrMake() = 0;
    //! A person does something that needs the key: the keychain may ask once more.
    virtual void allowPrompt() = 0;

    //! The key, 32 bytes; empty until it is here.
    [[nodiscard]] virtual Secret key() const = 0;
    //! What is in its way; nothing when it is here, or when nobody has asked for it yet or it is
    //! being asked for. Slow is told while the question is still open.
    [[nodiscard]] virtual std::optional<StoreError> trouble() const = 0;

Q_SIGNALS:
    //! key() or trouble() is different.
    void changed();
};

} // namespace latchkey
