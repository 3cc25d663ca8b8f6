// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychain.h"

using namespace Qt::StringLiterals;

namespace latchkey {

QString scriptName(Keychain keychain)
{
    switch (keychain) {
    case Keychain::SecretService:
        return u"secret-service"_s;
    case Keychain::KWallet:
        return u"kwallet"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Keychain> keychainFromScript(const QString &name)
{
    for (const Keychain keychain : {Keychain::SecretService, Keychain::KWallet}) {
        if (scriptName(keychain) == name)
            return keychain;
    }
    return {};
}

QString nameOf(Keychain keychain)
{
    switch (keychain) {
    case Keychain::SecretService:
        return u"Secret Service"_s;
    case Keychain::KWallet:
        return u"KWallet"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(Keychain keychain, const QString &program)
{
    if (program.startsWith("gnome-keyring"_L1))
        return u"GNOME Keyring"_s;
    return program == "keepassxc"_L1 ? u"KeePassXC"_s : nameOf(keychain);
}

} // namespace latchkey
