// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/secretserviceprobe.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMap>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int patienceMs = 5000;

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

} // namespace

void SecretServiceProbe::probe(const QString &service, const QString &key)
{
    qDBusRegisterMetaType<Attributes>();
    delete m_watcher;
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s,
        u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    // The attributes under which QtKeychain files an item.
    call << QVariant::fromValue(Attributes{{u"server"_s, service}, {u"user"_s, key}});
    m_watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(call, patienceMs), this);
    // Queued: without a bus the call has already failed by now.
    connect(m_watcher, &QDBusPendingCallWatcher::finished, this, &SecretServiceProbe::onSearched,
        Qt::QueuedConnection);
    if (m_watcher->isFinished())
        QMetaObject::invokeMethod(this, [this] { onSearched(m_watcher); }, Qt::QueuedConnection);
}

void SecretServiceProbe::onSearched(QDBusPendingCallWatcher *watcher)
{
    if (!watcher || watcher != m_watcher)
        return;
    m_watcher = nullptr;
    watcher->deleteLater();
    const QDBusPendingReply<Paths, Paths> found = *watcher;
    if (found.isError())
        Q_EMIT probed(Item::Unknown);
    else if (!found.argumentAt<0>().isEmpty())
        Q_EMIT probed(Item::Readable);
    else
        Q_EMIT probed(found.argumentAt<1>().isEmpty() ? Item::Unknown : Item::Locked);
}

} // namespace latchkey
