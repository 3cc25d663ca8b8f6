// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/screenlock.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QVariantMap>

#include <functional>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString logind = u"org.freedesktop.login1"_s;
const QString session = u"org.freedesktop.login1.Session"_s;
const QString properties = u"org.freedesktop.DBus.Properties"_s;

//! Each desktop has its own name for the same signal.
const QStringList screenSavers{u"org.freedesktop.ScreenSaver"_s, u"org.gnome.ScreenSaver"_s,
    u"org.cinnamon.ScreenSaver"_s, u"org.mate.ScreenSaver"_s};

} // namespace

//! https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
class ScreenLock::Private : public QObject {
    Q_OBJECT
public:
    explicit Private(ScreenLock &lock)
        : m_lock(lock)
    {
        for (const QString &saver : screenSavers) {
            QDBusConnection::sessionBus().connect(
                {}, {}, saver, u"ActiveChanged"_s, this, SLOT(onSaverChanged(bool)));
        }
        // `self` is the user's session on the screen, also for what runs outside of any.
        ask(u"/org/freedesktop/login1/user/self"_s, u"org.freedesktop.login1.User"_s, u"Display"_s,
            [this](const QVariant &display) { follow(display); });
    }

private Q_SLOTS:
    void onSaverChanged(bool isActive) { change(m_isSaverActive, isActive); }
    void onLock() { change(m_isSessionLocked, true); }
    void onUnlock() { change(m_isSessionLocked, false); }
    void onPropertiesChanged(const QString &, const QVariantMap &changed, const QStringList &)
    {
        const auto hint = changed.constFind(u"LockedHint"_s);
        if (hint != changed.constEnd())
            change(m_isSessionLocked, hint->toBool());
    }

private:
    void ask(const QString &path, const QString &interface, const QString &property,
        const std::function<void(const QVariant &)> &answered)
    {
        QDBusMessage call = QDBusMessage::createMethodCall(logind, path, properties, u"Get"_s);
        call << interface << property;
        auto *watcher =
            new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, answered] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            if (reply.isValid())
                answered(reply.value().variant());
        });
    }

    //! \a display is a structure of the session's id and its path.
    void follow(const QVariant &display)
    {
        const auto structure = display.value<QDBusArgument>();
        QString id;
        QDBusObjectPath path;
        structure.beginStructure();
        structure >> id >> path;
        structure.endStructure();
        QDBusConnection bus = QDBusConnection::systemBus();
        bus.connect(logind, path.path(), session, u"Lock"_s, this, SLOT(onLock()));
        bus.connect(logind, path.path(), session, u"Unlock"_s, this, SLOT(onUnlock()));
        bus.connect(logind, path.path(), properties, u"PropertiesChanged"_s, this,
            SLOT(onPropertiesChanged(QString, QVariantMap, QStringList)));
        ask(path.path(), session, u"LockedHint"_s,
            [this](const QVariant &hint) { change(m_isSessionLocked, hint.toBool()); });
    }

    void change(bool &fact, bool value)
    {
        const bool wasLocked = isLocked();
        fact = value;
        if (isLocked() != wasLocked)
            Q_EMIT m_lock.changed(isLocked());
    }

    [[nodiscard]] bool isLocked() const { return m_isSessionLocked || m_isSaverActive; }

    ScreenLock &m_lock;
    bool m_isSessionLocked = false;
    bool m_isSaverActive = false;
};

ScreenLock::ScreenLock(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
}

ScreenLock::~ScreenLock() = default;

} // namespace latchkey

#include "screenlock_linux.moc"
