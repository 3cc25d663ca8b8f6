// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainwatch.h"

#include <QStringList>

#include <functional>

class QDBusMessage;
class QDBusPendingCall;
class QDBusPendingCallWatcher;
class QDBusVariant;

namespace latchkey {

//! Looks at the freedesktop Secret Service and at KWallet over D-Bus.
//!
//! Uses only calls that ask nobody anything. KeePassXC asks for a database to be unlocked when the
//! whole service is searched (`Service.SearchItems`). So this class reads properties instead, and
//! searches each collection by itself, once it is unlocked.
class DBusKeychainWatch final : public KeychainWatch {
    Q_OBJECT
public:
    explicit DBusKeychainWatch(QObject *parent = nullptr);

    void look(const Question &question) override;
    void unlock(const QString &collection) override;
    void dropQuestion() override;

private Q_SLOTS:
    void stir();
    void onCompleted(bool isDismissed, const QDBusVariant &result);

private:
    using Handler = std::function<void(const QDBusPendingCall &call)>;
    void follow();
    void followSignals();
    void onOwnerChanged(const QString &name);
    //! One call at a time for each purpose.
    enum Purpose { Looking, Asking };
    void ask(Purpose purpose, const QDBusMessage &call, Handler handler);

    void askWallet(const QString &method, const QVariantList &arguments, Handler handler);
    void lookAtWallet();
    void lookIntoWallet(const QString &wallet, bool isOpen);
    void lookAtService();
    void nameProgram();
    void lookAtNextCollection();
    void loseService();
    void lookIntoCollection(const Place &place);
    void lookAtItem(const Place &place, const QString &item);
    void add(const Place &place);
    void finish();

    void prompt(const QString &path);
    void answer(Answer answer);

    Question m_question;
    Finding m_finding;
    QStringList m_collections;
    QString m_default;
    QDBusPendingCallWatcher *m_calls[2] = {};
    //! The question that is open, by its D-Bus path.
    QString m_prompt;
    bool m_isFollowing = false;
    bool m_isAsking = false;
    bool m_isStirred = false;
};

} // namespace latchkey
