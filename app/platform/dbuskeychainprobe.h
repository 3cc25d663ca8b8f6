// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/desktopkeychain.h"
#include "vault/keychainprobe.h"

class QDBusMessage;
class QDBusPendingCall;
class QDBusPendingCallWatcher;

namespace latchkey {

//! Asks the freedesktop Secret Service and KWallet over D-Bus, with calls that unlock nothing:
//! `SearchItems` of the one, `isOpen` and `keyDoesNotExist` of the other. One that does not answer
//! within a few seconds counts as absent.
class DBusKeychainProbe final : public KeychainProbe {
    Q_OBJECT
public:
    using KeychainProbe::KeychainProbe;

    void probe(const Question &question) override;

private:
    using Handler = void (DBusKeychainProbe::*)(const QDBusPendingCall &call);
    void ask(QDBusMessage call, Keychain keychain, Handler handler);
    [[nodiscard]] bool mayStart(Keychain keychain) const;
    void askWallet(const QString &method, const QVariantList &arguments, Handler handler);
    void onWalletNamed(const QDBusPendingCall &call);
    void onWalletState(const QDBusPendingCall &call);
    void onWalletEntry(const QDBusPendingCall &call);
    void search();
    void onSearched(const QDBusPendingCall &call);
    void onCollectionRead(const QDBusPendingCall &call);
    void settle(Item ofSecretService);
    void onProcessTold(const QDBusPendingCall &call);

    Question m_question;
    Finding m_finding;
    QString m_wallet;
    QDBusPendingCallWatcher *m_watcher = nullptr;
};

} // namespace latchkey
