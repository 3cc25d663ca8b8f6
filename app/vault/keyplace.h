// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

//! Which key seals the files, and where that key is kept: the content of `vault.json` in the data
//! folder. Nothing in it is secret. With it, a keychain that has lost the key can be told from one
//! that never held it.
struct KeyPlace {
    Keychain keychain = Keychain::SecretService;
    //! A collection's D-Bus path; a wallet's name.
    QString collection;
    //! As given by nameOfVaultKey().
    QString keyName;
    //! The program behind the Secret Service at that time; may be empty.
    QString program;

    //! Nothing if \a text is not such a record.
    [[nodiscard]] static std::optional<KeyPlace> fromJson(const QByteArray &text);
    [[nodiscard]] QByteArray toJson() const;

    friend bool operator==(const KeyPlace &, const KeyPlace &) = default;
};

} // namespace latchkey
