// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/linux/desktopkeychain.h"

#include "platform/linux/dbuskeychainwatch.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! Decides as QtKeychain does (keychain_unix.cpp, detectDesktopEnvironment).
bool isKde()
{
    const QByteArray current = qgetenv("XDG_CURRENT_DESKTOP");
    const QByteArray session = qgetenv("DESKTOP_SESSION");
    if (current == "GNOME" || current == "Unity" || current == "XFCE")
        return false;
    if (current == "KDE" || session == "kde")
        return true;
    const bool isOther = session == "gnome" || session == "kde4" || session == "xubuntu"
        || session.contains("xfce") || !qgetenv("GNOME_DESKTOP_SESSION_ID").isEmpty();
    return !isOther && !qgetenv("KDE_FULL_SESSION").isEmpty();
}

bool isPlasma6()
{
    return qgetenv("KDE_SESSION_VERSION") == "6";
}

} // namespace

Keychain preferredKeychain()
{
    const QByteArray version = qgetenv("KDE_SESSION_VERSION");
    const bool isKnown = version == "5" || (version == "6" && LATCHKEY_QTKEYCHAIN_KNOWS_KWALLET6);
    return isKde() && isKnown ? Keychain::KWallet : Keychain::SecretService;
}

QString walletDaemon()
{
    return isPlasma6() ? u"kwalletd6"_s : u"kwalletd5"_s;
}

std::unique_ptr<KeychainWatch> watchKeychains()
{
    return std::make_unique<DBusKeychainWatch>();
}

} // namespace latchkey
