// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/sleepwatch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString name = u"org.freedesktop.login1"_s;
const QString path = u"/org/freedesktop/login1"_s;
const QString interface = u"org.freedesktop.login1.Manager"_s;

} // namespace

//! https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
class SleepWatch::Private : public QObject {
    Q_OBJECT
public:
    explicit Private(SleepWatch &watch)
        : m_watch(watch)
    {
        QDBusConnection::systemBus().connect(
            name, path, interface, u"PrepareForSleep"_s, this, SLOT(onPrepareForSleep(bool)));
        inhibit();
    }

    //! The machine does not go to sleep while we hold the descriptor that logind gives us.
    void inhibit()
    {
        QDBusMessage call = QDBusMessage::createMethodCall(name, path, interface, u"Inhibit"_s);
        call << u"sleep"_s << u"Latchkey"_s << u"Finishing a sign-in"_s << u"delay"_s;
        auto *watcher =
            new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusUnixFileDescriptor> granted = *watcher;
            if (granted.isValid())
                m_lock = granted.value();
        });
    }

    void letSleep() { m_lock = QDBusUnixFileDescriptor(); }

private Q_SLOTS:
    void onPrepareForSleep(bool isAboutTo)
    {
        if (isAboutTo) {
            Q_EMIT m_watch.aboutToSleep();
            return;
        }
        inhibit();
        Q_EMIT m_watch.wokeUp();
    }

private:
    SleepWatch &m_watch;
    QDBusUnixFileDescriptor m_lock;
};

SleepWatch::SleepWatch(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
}

SleepWatch::~SleepWatch() = default;

void SleepWatch::letSleep()
{
    d->letSleep();
}

} // namespace latchkey

#include "sleepwatch.moc"
