// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/networkwatch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QVariantMap>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString name = u"org.freedesktop.NetworkManager"_s;
const QString path = u"/org/freedesktop/NetworkManager"_s;
const QString properties = u"org.freedesktop.DBus.Properties"_s;
const QString stateProperty = u"State"_s;

//! \a state is an NMState. Anything better than a cut cable may reach an appliance in the same
//! building.
bool isConnected(uint state)
{
    constexpr uint unknown = 0;
    constexpr uint connectedLocal = 50; // below: asleep, disconnected, connecting or disconnecting
    return state == unknown || state >= connectedLocal;
}

} // namespace

//! https://networkmanager.dev/docs/api/latest/gdbus-org.freedesktop.NetworkManager.html
//! Not QNetworkInformation: it keeps reporting the state of a NetworkManager that has died, and
//! never notices one that starts after us.
class NetworkWatch::Private : public QObject {
    Q_OBJECT
public:
    explicit Private(NetworkWatch &watch)
        : m_watch(watch)
        , m_owner(name, QDBusConnection::systemBus(), QDBusServiceWatcher::WatchForOwnerChange)
    {
        connect(&m_owner, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](
                const QString &, const QString &, const QString &owner) { onOwnerChanged(owner); });
        QDBusConnection::systemBus().connect(name, path, properties, u"PropertiesChanged"_s, this,
            SLOT(onPropertiesChanged(QString, QVariantMap)));
        ask();
    }

private Q_SLOTS:
    void onPropertiesChanged(const QString &interface, const QVariantMap &changed)
    {
        const auto state = changed.constFind(stateProperty);
        if (interface == name && state != changed.constEnd())
            m_watch.setNetwork(isConnected(state->toUInt()));
    }

private:
    void onOwnerChanged(const QString &owner)
    {
        if (owner.isEmpty())
            m_watch.setNetwork(true);
        else
            ask();
    }

    //! Does not start NetworkManager if it is not running.
    void ask()
    {
        QDBusMessage call = QDBusMessage::createMethodCall(name, path, properties, u"Get"_s);
        call << name << stateProperty;
        call.setAutoStartService(false);
        auto *watcher =
            new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> state = *watcher;
            if (state.isValid())
                m_watch.setNetwork(isConnected(state.value().variant().toUInt()));
        });
    }

    NetworkWatch &m_watch;
    QDBusServiceWatcher m_owner;
};

NetworkWatch::NetworkWatch(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
}

NetworkWatch::~NetworkWatch() = default;

void NetworkWatch::setNetwork(bool hasNetwork)
{
    if (std::exchange(m_hasNetwork, hasNetwork) != hasNetwork)
        Q_EMIT changed(hasNetwork);
}

} // namespace latchkey

#include "networkwatch.moc"
