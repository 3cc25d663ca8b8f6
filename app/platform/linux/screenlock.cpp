// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/screenlock.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QSet>
#include <QVariantMap>

#include <functional>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString logind = u"org.freedesktop.login1"_s;
const QString userInterface = u"org.freedesktop.login1.User"_s;
const QString sessionInterface = u"org.freedesktop.login1.Session"_s;
const QString properties = u"org.freedesktop.DBus.Properties"_s;
//! The user who asks; also works for a program outside of any session.
const QString self = u"/org/freedesktop/login1/user/self"_s;

//! The same service under each desktop's own name, which is also the name of its interface.
const QStringList screenSavers{u"org.freedesktop.ScreenSaver"_s, u"org.gnome.ScreenSaver"_s,
    u"org.cinnamon.ScreenSaver"_s, u"org.mate.ScreenSaver"_s};

QDBusMessage getting(const QString &path, const QString &interface, const QString &property)
{
    QDBusMessage call = QDBusMessage::createMethodCall(logind, path, properties, u"Get"_s);
    call << interface << property;
    return call;
}

QDBusMessage isActive(const QString &saver)
{
    const QString path = u'/' + QString(saver).replace(u'.', u'/');
    QDBusMessage call = QDBusMessage::createMethodCall(saver, path, saver, u"GetActive"_s);
    call.setAutoStartService(false);
    return call;
}

} // namespace

//! https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
class ScreenLock::Private : public QObject {
    Q_OBJECT
public:
    explicit Private(ScreenLock &lock)
        : m_lock(lock)
    {
        m_owners.setConnection(QDBusConnection::sessionBus());
        m_owners.setWatchedServices(screenSavers);
        connect(
            &m_owners, &QDBusServiceWatcher::serviceOwnerChanged, this, &Private::onOwnerChanged);
        for (const QString &saver : screenSavers)
            follow(saver);
        QDBusConnection::systemBus().connect(logind, {}, properties, u"PropertiesChanged"_s, this,
            SLOT(onPropertiesChanged(QString, QVariantMap, QStringList, QDBusMessage)));
        askForSession();
    }

private Q_SLOTS:
    void onSaverChanged(bool isActive, const QDBusMessage &message)
    {
        setSaver(message.interface(), isActive);
    }

    //! A screen saver that has gone can no longer say that the lock is over.
    void onOwnerChanged(const QString &saver, const QString &, const QString &owner)
    {
        setSaver(saver, false);
        if (!owner.isEmpty())
            askSaver(saver);
    }

    void onPropertiesChanged(const QString &interface, const QVariantMap &, const QStringList &,
        const QDBusMessage &message)
    {
        if (interface == userInterface)
            askForSession();
        else if (message.path() == m_session)
            askForHint();
    }

    //! Also called when somebody asks a desktop to lock or to unlock, because it may do so silently
    //! or not at all.
    void askForHint()
    {
        ask(QDBusConnection::systemBus(), getting(m_session, sessionInterface, u"LockedHint"_s),
            [this, session = m_session](const QVariant &hint) {
                if (session == m_session)
                    setSession(hint.value<QDBusVariant>().variant().toBool());
            });
    }

private:
    //! Only the owner of the name is believed: any program may send such a signal.
    void follow(const QString &saver)
    {
        QDBusConnection::sessionBus().connect(
            saver, {}, saver, u"ActiveChanged"_s, this, SLOT(onSaverChanged(bool, QDBusMessage)));
        askSaver(saver);
    }

    void askSaver(const QString &saver)
    {
        ask(QDBusConnection::sessionBus(), isActive(saver),
            [this, saver](const QVariant &active) { setSaver(saver, active.toBool()); });
    }

    //! Asks for the session on the screen. There may be none yet, or another one later.
    void askForSession()
    {
        ask(QDBusConnection::systemBus(), getting(self, userInterface, u"Display"_s),
            [this](const QVariant &display) { onDisplay(display); });
    }

    //! \a display is a structure of the session's id and its path, in a variant.
    void onDisplay(const QVariant &display)
    {
        const auto structure = display.value<QDBusVariant>().variant().value<QDBusArgument>();
        QString id;
        QDBusObjectPath path;
        structure.beginStructure();
        structure >> id >> path;
        structure.endStructure();
        if (m_session == path.path())
            return;
        QDBusConnection bus = QDBusConnection::systemBus();
        bus.disconnect(logind, m_session, sessionInterface, u"Lock"_s, this, SLOT(askForHint()));
        bus.disconnect(logind, m_session, sessionInterface, u"Unlock"_s, this, SLOT(askForHint()));
        m_session = path.path();
        if (id.isEmpty())
            return setSession(false);
        bus.connect(logind, m_session, sessionInterface, u"Lock"_s, this, SLOT(askForHint()));
        bus.connect(logind, m_session, sessionInterface, u"Unlock"_s, this, SLOT(askForHint()));
        askForHint();
    }

    void ask(const QDBusConnection &bus, const QDBusMessage &call,
        const std::function<void(const QVariant &)> &answered)
    {
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, answered] {
            watcher->deleteLater();
            if (!watcher->isError())
                answered(watcher->reply().arguments().value(0));
        });
    }

    void setSession(bool isLocked)
    {
        const bool wasLocked = this->isLocked();
        m_isSessionLocked = isLocked;
        tell(wasLocked);
    }

    void setSaver(const QString &saver, bool isActive)
    {
        const bool wasLocked = isLocked();
        if (isActive)
            m_activeSavers.insert(saver);
        else
            m_activeSavers.remove(saver);
        tell(wasLocked);
    }

    void tell(bool wasLocked)
    {
        if (isLocked() != wasLocked)
            Q_EMIT m_lock.changed(isLocked());
    }

    [[nodiscard]] bool isLocked() const { return m_isSessionLocked || !m_activeSavers.isEmpty(); }

    ScreenLock &m_lock;
    QDBusServiceWatcher m_owners;
    QString m_session;
    bool m_isSessionLocked = false;
    QSet<QString> m_activeSavers;
};

ScreenLock::ScreenLock(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
}

ScreenLock::~ScreenLock() = default;

} // namespace latchkey

#include "screenlock.moc"
