// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/colorscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString service = u"org.freedesktop.portal.Desktop"_s;
const QString path = u"/org/freedesktop/portal/desktop"_s;
const QString settings = u"org.freedesktop.portal.Settings"_s;
const QString group = u"org.freedesktop.appearance"_s;
const QString key = u"color-scheme"_s;

} // namespace

//! https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
class PortalColorScheme final : public ColorScheme {
    Q_OBJECT
public:
    PortalColorScheme()
    {
        QMetaObject::invokeMethod(this, &PortalColorScheme::follow, Qt::QueuedConnection);
    }

private Q_SLOTS:
    void onSettingChanged(const QString &ofGroup, const QString &ofKey, const QDBusVariant &value)
    {
        if (ofGroup == group && ofKey == key)
            take(value.variant());
    }

private:
    void follow()
    {
        qRegisterMetaType<QDBusVariant>(); // else the first connection of a program finds no slot
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.connect(service, path, settings, u"SettingChanged"_s, this,
            SLOT(onSettingChanged(QString, QString, QDBusVariant)));
        m_portal.setConnection(bus);
        m_portal.setWatchMode(QDBusServiceWatcher::WatchForRegistration);
        m_portal.addWatchedService(service);
        connect(&m_portal, &QDBusServiceWatcher::serviceRegistered, this, &PortalColorScheme::ask);
        ask();
    }

    //! By Read and not by ReadOne, which portals of before 2023 do not have.
    void ask()
    {
        QDBusMessage call = QDBusMessage::createMethodCall(service, path, settings, u"Read"_s);
        call << group << key;
        call.setAutoStartService(false);
        auto *watcher =
            new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> value = *watcher;
            if (value.isValid())
                take(value.value().variant());
        });
    }

    //! Read wraps the value once more than it says. Numbers that are not known are no wish.
    void take(QVariant value)
    {
        while (value.canConvert<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        switch (value.toUInt()) {
        case 1:
            return set(Wish::Dark);
        case 2:
            return set(Wish::Light);
        }
        set(Wish::None);
    }

    QDBusServiceWatcher m_portal;
};

std::unique_ptr<ColorScheme> makeColorScheme()
{
    return std::make_unique<PortalColorScheme>();
}

} // namespace latchkey

#include "colorscheme.moc"
