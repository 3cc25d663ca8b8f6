// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFlags>
#include <QString>

#include <optional>

namespace latchkey {

//! The keychains between which QtKeychain chooses on a desktop.
enum class Keychain {
    SecretService = 1, //!< GNOME Keyring, KeePassXC and others, over one D-Bus interface
    KWallet = 2,
};
//! Without operators for two keychains: in our namespace they would hide those of Qt's own enums.
Q_DECLARE_FLAGS(Keychains, Keychain)

//! As files spell it: `secret-service`, `kwallet`.
[[nodiscard]] QString scriptName(Keychain keychain);
[[nodiscard]] std::optional<Keychain> keychainFromScript(const QString &name);

//! As people know it.
[[nodiscard]] QString nameOf(Keychain keychain);

} // namespace latchkey
