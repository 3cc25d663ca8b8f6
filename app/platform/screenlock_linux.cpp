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
#include <QSet>
#include <QTimer>
#include <QVariantMap>

#include <functional>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString logind = u"org.freedesktop.login1"_s;
const QString userInterface = u"org.freedesktop.login1.User"_s;
const QString sessionInterface = u"org.freedesktop.login1.Session"_s;
const QString properties = u"org.freedesktop.DBus.Properties"_s;
//! The user who asks, also for what runs outside of any session.
const QString self = u"/org/freedesktop/login1/user/self"_s;

//! Each desktop has its own name for the same thing: that of its service and of the interface.
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
        m_hintAgain.setSingleShot(true);
        connect(&m_hintAgain, &QTimer::timeout, this, &Private::askForHint);
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

    //! A request that a desktop may grant without a word, or not at all.
    void onLock()
    {
        setSession(true);
        m_hintAgain.start(hintPatience);
    }

    void onUnlock() { setSession(false); }

    void onPropertiesChanged(const QString &interface, const QVariantMap &changed,
        const QStringList &, const QDBusMessage &message)
    {
        const auto hint = changed.constFind(u"LockedHint"_s);
        if (interface == userInterface)
            askForSession();
        else if (message.path() == m_session && hint != changed.constEnd())
            setSession(hint->toBool());
    }

private:
    static constexpr std::chrono::seconds hintPatience{5};

    //! Only the owner of the name is believed: anybody may send such a signal.
    void follow(const QString &saver)
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.connect(
            saver, {}, saver, u"ActiveChanged"_s, this, SLOT(onSaverChanged(bool, QDBusMessage)));
        ask(bus, isActive(saver),
            [this, saver](const QVariant &active) { setSaver(saver, active.toBool()); });
    }

    //! The one on the screen. There may be none yet, or another one later.
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
        bus.disconnect(logind, m_session, sessionInterface, u"Lock"_s, this, SLOT(onLock()));
        bus.disconnect(logind, m_session, sessionInterface, u"Unlock"_s, this, SLOT(onUnlock()));
        m_session = path.path();
        if (id.isEmpty())
            return setSession(false);
        bus.connect(logind, m_session, sessionInterface, u"Lock"_s, this, SLOT(onLock()));
        bus.connect(logind, m_session, sessionInterface, u"Unlock"_s, this, SLOT(onUnlock()));
        askForHint();
    }

    void askForHint()
    {
        ask(QDBusConnection::systemBus(), getting(m_session, sessionInterface, u"LockedHint"_s),
            [this](const QVariant &hint) {
                setSession(hint.value<QDBusVariant>().variant().toBool());
            });
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
    QTimer m_hintAgain;
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

#include "screenlock_linux.moc"
