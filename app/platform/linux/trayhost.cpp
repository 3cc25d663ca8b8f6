// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/trayhost.h"

#include "platform/linux/xtray.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString name = u"org.kde.StatusNotifierWatcher"_s;
const QString path = u"/StatusNotifierWatcher"_s;
const QString properties = u"org.freedesktop.DBus.Properties"_s;

} // namespace

//! https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
class DesktopTrayHost final : public TrayHost {
    Q_OBJECT
public:
    explicit DesktopTrayHost(bool hasXTray)
        : m_owner(name, QDBusConnection::sessionBus(), QDBusServiceWatcher::WatchForOwnerChange)
    {
        connect(&m_owner, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](
                const QString &, const QString &, const QString &owner) { onOwnerChanged(owner); });
        for (const QString &signal :
            {u"StatusNotifierHostRegistered"_s, u"StatusNotifierHostUnregistered"_s})
            QDBusConnection::sessionBus().connect(name, path, name, signal, this, SLOT(ask()));
        if (hasXTray) {
            m_xTray = std::make_unique<XTray>();
            connect(m_xTray.get(), &XTray::changed, this, &DesktopTrayHost::tell);
        }
        tell();
        ask();
    }

private Q_SLOTS:
    void ask()
    {
        QDBusMessage call = QDBusMessage::createMethodCall(name, path, properties, u"Get"_s);
        call << name << u"IsStatusNotifierHostRegistered"_s;
        call.setAutoStartService(false);
        auto *watcher =
            new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> isRegistered = *watcher;
            m_isRegistered = isRegistered.isValid() && isRegistered.value().variant().toBool();
            tell();
        });
    }

private:
    //! The watcher may go with its host registered.
    void onOwnerChanged(const QString &owner)
    {
        if (!owner.isEmpty())
            return ask();
        m_isRegistered = false;
        tell();
    }

    void tell() { set(m_isRegistered || (m_xTray && m_xTray->isThere())); }

    QDBusServiceWatcher m_owner;
    std::unique_ptr<XTray> m_xTray;
    bool m_isRegistered = false;
};

std::unique_ptr<TrayHost> makeTrayHost(const QString &windowSystem)
{
    return std::make_unique<DesktopTrayHost>(windowSystem == "xcb"_L1);
}

} // namespace latchkey

#include "trayhost.moc"
