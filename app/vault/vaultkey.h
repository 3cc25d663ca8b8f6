// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "vault/storeerror.h"

#include <QObject>

#include <optional>

namespace latchkey {

//! Port to the vault key: the 32 random bytes with which all token sets are sealed. The key is read
//! once per run of the program and then kept, whatever becomes of the keychain that holds it.
//!
//! fetch() and fetchOrMake() return at once. changed() reports the outcome from the event loop,
//! each time something is different: a locked keychain may be unlocked an hour later.
class VaultKey : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    //! Asks the keychain for the key, which is needed to open something sealed; does nothing if the
    //! key is here or a request is under way. A person is asked at most once per run of the
    //! program, and again after allowPrompt().
    virtual void fetch() = 0;
    //! Like fetch(), but to seal something new: makes a key if there never was one, or if the old
    //! one is missing for good (KeyMissing). Never makes one if the key is in another keychain
    //! (Elsewhere).
    virtual void fetchOrMake() = 0;
    //! A person is doing something that needs the key, so the keychain may ask once more.
    virtual void allowPrompt() = 0;

    //! The key, 32 bytes; empty until it is available.
    [[nodiscard]] virtual Secret key() const = 0;
    //! Why the key is not available. Nothing if it is here, if nobody has asked for it yet, or if a
    //! request is under way. Slow is reported while the keychain's question is still open.
    [[nodiscard]] virtual std::optional<StoreError> trouble() const = 0;

Q_SIGNALS:
    //! key() or trouble() has changed.
    void changed();
};

} // namespace latchkey
