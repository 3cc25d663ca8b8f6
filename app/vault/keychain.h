// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFlags>
#include <QString>

#include <optional>

namespace latchkey {

//! The keychains that QtKeychain can choose from on a desktop.
enum class Keychain {
    SecretService = 1, //!< GNOME Keyring, KeePassXC and others, over one D-Bus interface
    KWallet = 2,
};
//! Declares no operators: in our namespace they would hide those of Qt's own enums.
Q_DECLARE_FLAGS(Keychains, Keychain)

//! The name used in files: `secret-service`, `kwallet`.
[[nodiscard]] QString scriptName(Keychain keychain);
[[nodiscard]] std::optional<Keychain> keychainFromScript(const QString &name);

//! The name shown to people.
[[nodiscard]] QString nameOf(Keychain keychain);
//! The same, but where \a program, which is behind it, has a name that people know, that one.
[[nodiscard]] QString nameOf(Keychain keychain, const QString &program);

} // namespace latchkey
