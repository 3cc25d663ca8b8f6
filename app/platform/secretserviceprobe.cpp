// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/secretserviceprobe.h"

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
const QString name = u"org.freedesktop.secrets"_s;

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

} // namespace

void SecretServiceProbe::probe(const QString &service, const QString &key)
{
    qDBusRegisterMetaType<Attributes>();
    QDBusMessage call = QDBusMessage::createMethodCall(
        name, u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    // The attributes under which QtKeychain files an item.
    call << QVariant::fromValue(Attributes{{u"server"_s, service}, {u"user"_s, key}});
    ask(call, &SecretServiceProbe::onSearched);
}

//! Answers from the event loop, also where the call has failed by now because there is no bus.
void SecretServiceProbe::ask(const QDBusMessage &call, Handler handler)
{
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

void SecretServiceProbe::onSearched(const QDBusPendingCall &call)
{
    const QDBusPendingReply<Paths, Paths> found = call;
    if (found.isError())
        Q_EMIT probed(Item::Unknown);
    else if (!found.argumentAt<0>().isEmpty())
        Q_EMIT probed(Item::Readable);
    else if (!found.argumentAt<1>().isEmpty())
        Q_EMIT probed(Item::Locked);
    else
        askForCollection();
}

//! There is no such item yet: what matters is the collection that it would go into.
void SecretServiceProbe::askForCollection()
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(name, u"/org/freedesktop/secrets/aliases/default"_s,
            u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    ask(call, &SecretServiceProbe::onCollectionRead);
}

void SecretServiceProbe::onCollectionRead(const QDBusPendingCall &call)
{
    const QDBusPendingReply<QDBusVariant> locked = call;
    if (locked.isError())
        Q_EMIT probed(Item::Unknown);
    else
        Q_EMIT probed(locked.value().variant().toBool() ? Item::Locked : Item::Readable);
}

} // namespace latchkey
