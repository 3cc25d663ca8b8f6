// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/dbuskeychainprobe.h"

#include "platform/desktopkeychain.h"
#include "platform/programname.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QMap>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int patienceMs = 5000;
const QString secretService = u"org.freedesktop.secrets"_s;

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

} // namespace

void DBusKeychainProbe::probe(const Question &question)
{
    m_question = question;
    m_finding = {};
    const Keychains relevant = question.awaited | question.inUse;
    if (relevant.testFlag(Keychain::KWallet))
        askWallet(u"networkWallet"_s, {}, &DBusKeychainProbe::onWalletNamed);
    else
        search();
}

//! Answers from the event loop, also where the call has failed by now because there is no bus.
void DBusKeychainProbe::ask(QDBusMessage call, Keychain keychain, Handler handler)
{
    call.setAutoStartService(mayStart(keychain));
    delete m_watcher;
    m_watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(call, patienceMs), this);
    const auto answer = [this, handler, watcher = QPointer(m_watcher)] {
        if (!watcher || watcher != m_watcher)
            return;
        m_watcher = nullptr;
        watcher->deleteLater();
        (this->*handler)(*watcher);
    };
    connect(m_watcher, &QDBusPendingCallWatcher::finished, this, answer, Qt::QueuedConnection);
    if (m_watcher->isFinished())
        QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
}

bool DBusKeychainProbe::mayStart(Keychain keychain) const
{
    const bool isSecretServiceInUse =
        keychain == Keychain::SecretService && m_question.inUse == keychain;
    return isSecretServiceInUse || m_question.awaited.testFlag(keychain);
}

void DBusKeychainProbe::askWallet(
    const QString &method, const QVariantList &arguments, Handler handler)
{
    const QString name = walletDaemon();
    QDBusMessage call = QDBusMessage::createMethodCall(
        u"org.kde."_s + name, u"/modules/"_s + name, u"org.kde.KWallet"_s, method);
    call.setArguments(arguments);
    ask(call, Keychain::KWallet, handler);
}

void DBusKeychainProbe::onWalletNamed(const QDBusPendingCall &call)
{
    const QDBusPendingReply<QString> wallet = call;
    if (wallet.isError())
        return search();
    m_finding.answering |= Keychain::KWallet;
    m_wallet = wallet.value();
    askWallet(u"isOpen"_s, {m_wallet}, &DBusKeychainProbe::onWalletState);
}

void DBusKeychainProbe::onWalletState(const QDBusPendingCall &call)
{
    const QDBusPendingReply<bool> isOpen = call;
    if (m_question.inUse == Keychain::KWallet && !isOpen.isError())
        m_finding.item = isOpen.value() ? Item::Readable : Item::Closed;
    // QtKeychain files an item in the folder of its service's name.
    askWallet(u"keyDoesNotExist"_s, {m_wallet, m_question.service, m_question.key},
        &DBusKeychainProbe::onWalletEntry);
}

void DBusKeychainProbe::onWalletEntry(const QDBusPendingCall &call)
{
    const QDBusPendingReply<bool> isMissing = call;
    if (!isMissing.isError() && !isMissing.value())
        m_finding.holders |= Keychain::KWallet;
    search();
}

void DBusKeychainProbe::search()
{
    qDBusRegisterMetaType<Attributes>();
    QDBusMessage call = QDBusMessage::createMethodCall(secretService, u"/org/freedesktop/secrets"_s,
        u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    // The attributes under which QtKeychain files an item.
    call << QVariant::fromValue(
        Attributes{{u"server"_s, m_question.service}, {u"user"_s, m_question.key}});
    ask(call, Keychain::SecretService, &DBusKeychainProbe::onSearched);
}

void DBusKeychainProbe::onSearched(const QDBusPendingCall &call)
{
    const QDBusPendingReply<Paths, Paths> found = call;
    if (found.isError())
        return settle(Item::Unknown);
    m_finding.answering |= Keychain::SecretService;
    const bool isReadable = !found.argumentAt<0>().isEmpty();
    if (isReadable || !found.argumentAt<1>().isEmpty()) {
        m_finding.holders |= Keychain::SecretService;
        return settle(isReadable ? Item::Readable : Item::Locked);
    }
    // There is no such item yet: what matters is the collection that it would go into.
    QDBusMessage question =
        QDBusMessage::createMethodCall(secretService, u"/org/freedesktop/secrets/aliases/default"_s,
            u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    ask(question, Keychain::SecretService, &DBusKeychainProbe::onCollectionRead);
}

void DBusKeychainProbe::onCollectionRead(const QDBusPendingCall &call)
{
    const QDBusPendingReply<QDBusVariant> locked = call;
    if (locked.isError())
        settle(Item::Unknown);
    else
        settle(locked.value().variant().toBool() ? Item::Locked : Item::Readable);
}

void DBusKeychainProbe::settle(Item ofSecretService)
{
    const bool isWalletInUse =
        m_question.inUse == Keychain::KWallet && m_finding.answering.testFlag(Keychain::KWallet);
    if (!isWalletInUse)
        m_finding.item = ofSecretService;
    if (!m_question.wantsProgram || isWalletInUse
        || !m_finding.answering.testFlag(Keychain::SecretService)) {
        Q_EMIT probed(m_finding);
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s,
        u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, u"GetConnectionUnixProcessID"_s);
    call << secretService;
    ask(call, Keychain::SecretService, &DBusKeychainProbe::onProcessTold);
}

void DBusKeychainProbe::onProcessTold(const QDBusPendingCall &call)
{
    const QDBusPendingReply<uint> pid = call;
    if (!pid.isError())
        m_finding.program = programName(pid.value());
    Q_EMIT probed(m_finding);
}

} // namespace latchkey
