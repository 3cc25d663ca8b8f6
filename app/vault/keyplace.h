// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

//! Which key seals what is kept, and where it rests: what `vault.json` in the data folder says.
//! Nothing secret. A keychain in which the key is missing is told from one that never held it.
struct KeyPlace {
    Keychain keychain = Keychain::SecretService;
    //! A collection's D-Bus path; a wallet's name.
    QString collection;
    //! nameOfVaultKey().
    QString keyName;
    //! What stood behind the Secret Service; may be empty.
    QString program;

    //! Nothing when \a text is no such record.
    [[nodiscard]] static std::optional<KeyPlace> fromJson(const QByteArray &text);
    [[nodiscard]] QByteArray toJson() const;

    friend bool operator==(const KeyPlace &, const KeyPlace &) = default;
};

} // namespace latchkey
