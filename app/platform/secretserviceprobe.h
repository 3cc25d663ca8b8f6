// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainprobe.h"

class QDBusMessage;
class QDBusPendingCall;
class QDBusPendingCallWatcher;

namespace latchkey {

//! Asks the freedesktop Secret Service over D-Bus, which lists items without unlocking anything
//! (Secret Service API, `SearchItems`). Where there is none, or it does not answer within a few
//! seconds, the answer is Unknown.
class SecretServiceProbe final : public KeychainProbe {
    Q_OBJECT
public:
    using KeychainProbe::KeychainProbe;

    void probe(const QString &service, const QString &key) override;

private:
    using Handler = void (SecretServiceProbe::*)(const QDBusPendingCall &call);
    void ask(const QDBusMessage &call, Handler handler);
    void askForCollection();
    void onSearched(const QDBusPendingCall &call);
    void onCollectionRead(const QDBusPendingCall &call);

    QDBusPendingCallWatcher *m_watcher = nullptr;
};

} // namespace latchkey
