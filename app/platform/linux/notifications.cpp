// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/notifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QVariantMap>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <optional>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;
//! The key of a click on the notice itself.
const QString defaultKey = u"default"_s;

//! No timeout: a service that hangs may show the notice in the end, and we have to know its id
//! then. The bus tells when it goes away.
constexpr int forever = std::numeric_limits<int>::max();

QVariantMap hintsFor(const Notice &notice)
{
    constexpr uchar low = 0;
    constexpr uchar normal = 1;
    return {{u"desktop-entry"_s, QStringLiteral(LATCHKEY_ID)},
        {u"urgency"_s, QVariant::fromValue(notice.isPassing ? low : normal)},
        {u"transient"_s, notice.isPassing}};
}

QStringList actionsFor(const Notice &notice)
{
    QStringList actions;
    for (const Notice::Button &button : notice.buttons)
        actions << (button.key.isEmpty() ? defaultKey : button.key) << button.label;
    return actions;
}

} // namespace

//! https://specifications.freedesktop.org/notification-spec/latest/
class DesktopNotifications final : public Notifications {
    Q_OBJECT
public:
    DesktopNotifications()
    {
        m_owner.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
        connect(&m_owner, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](
                const QString &, const QString &, const QString &owner) { onOwnerChanged(owner); });
    }

    void show(const QString &subject, const Notice &notice) override
    {
        followService();
        m_entries[subject].wanted = notice;
        send(subject);
    }

    void close(const QString &subject) override
    {
        const auto entry = m_entries.find(subject);
        if (entry == m_entries.end())
            return;
        entry->second.wanted.reset();
        send(subject);
    }

private Q_SLOTS:
    // All programs hear of all notices, and only ours concern us.

    void onActionInvoked(uint id, const QString &key)
    {
        if (const auto subject = subjectOf(id))
            Q_EMIT pressed(*subject, key == defaultKey ? QString() : key);
    }

    //! Lets our next window come to the front under Wayland. Comes before the action.
    void onActivationToken(uint id, const QString &token)
    {
        if (subjectOf(id))
            qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    }

    void onClosed(uint id)
    {
        const auto subject = subjectOf(id);
        if (!subject)
            return;
        Entry &entry = m_entries[*subject];
        entry.id = 0;
        if (!entry.isSending)
            m_entries.erase(*subject);
    }

private:
    struct Entry {
        //! Nothing once it is to be closed.
        std::optional<Notice> wanted;
        //! By which the service knows it; 0 while it is not shown.
        uint id = 0;
        bool isSending = false;
        //! What is wanted has changed while it was sent.
        bool isOutdated = false;
    };
    using Handler = std::function<void(const QDBusPendingCall &)>;

    //! Begun with the first notice, so that it does not hold up the first window.
    void followService()
    {
        if (!m_owner.watchedServices().isEmpty())
            return;
        m_owner.setConnection(QDBusConnection::sessionBus());
        m_owner.addWatchedService(service);
        follow(u"ActionInvoked"_s, SLOT(onActionInvoked(uint, QString)));
        follow(u"ActivationToken"_s, SLOT(onActivationToken(uint, QString)));
        follow(u"NotificationClosed"_s, SLOT(onClosed(uint)));
    }

    //! Only the owner of the name is believed: any program may send such a signal.
    void follow(const QString &signal, const char *slot)
    {
        QDBusConnection::sessionBus().connect(service, path, service, signal, this, slot);
    }

    void call(const QString &method, const QVariantList &arguments, const Handler &handler)
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        QDBusMessage message = QDBusMessage::createMethodCall(service, path, service, method);
        message.setArguments(arguments);
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, forever), this);
        const auto finish = [watcher, handler] {
            watcher->deleteLater();
            handler(*watcher);
        };
        connect(watcher, &QDBusPendingCallWatcher::finished, this, finish);
        if (!bus.isConnected()) // then nothing follows by itself
            QMetaObject::invokeMethod(watcher, finish, Qt::QueuedConnection);
    }

    //! Brings the service to what is wanted. A notice that is on its way has no id yet by which it
    //! could be replaced or closed, so the change has to wait for that.
    void send(const QString &subject)
    {
        Entry &entry = m_entries[subject];
        entry.isOutdated = entry.isSending;
        if (entry.isSending)
            return;
        if (!entry.wanted)
            return drop(subject);
        entry.isSending = true;
        call(u"GetCapabilities"_s, {}, [this, subject](const QDBusPendingReply<QStringList> &can) {
            if (can.isError())
                onFailed(subject);
            else
                notify(subject, can.value());
        });
    }

    void drop(const QString &subject)
    {
        if (const uint id = m_entries[subject].id)
            call(u"CloseNotification"_s, {id}, [](const QDBusPendingCall &) { });
        m_entries.erase(subject);
    }

    void notify(const QString &subject, const QStringList &capabilities)
    {
        const Entry &entry = m_entries[subject];
        if (!entry.wanted)
            return onSent(subject, entry.id);
        const Notice &notice = *entry.wanted;
        const bool hasMarkUp = capabilities.contains("body-markup"_L1);
        const bool hasActions = capabilities.contains("actions"_L1);
        constexpr int asTheServiceLikes = -1;
        const QVariantList arguments{u"Latchkey"_s, entry.id, QStringLiteral(LATCHKEY_ID),
            notice.title, hasMarkUp ? notice.text.toHtmlEscaped() : notice.text,
            hasActions ? actionsFor(notice) : QStringList(), hintsFor(notice), asTheServiceLikes};
        call(u"Notify"_s, arguments, [this, subject](const QDBusPendingReply<uint> &id) {
            if (id.isError())
                onFailed(subject);
            else
                onSent(subject, id.value());
        });
    }

    void onSent(const QString &subject, uint id)
    {
        Entry &entry = m_entries[subject];
        entry.id = id;
        entry.isSending = false;
        if (entry.isOutdated)
            send(subject);
    }

    void onFailed(const QString &subject)
    {
        Entry &entry = m_entries[subject];
        entry.isSending = false;
        if (entry.isOutdated)
            return send(subject);
        const Notice notice = *entry.wanted;
        if (notice.isPassing)
            m_entries.erase(subject);
        Q_EMIT failed(subject, notice);
    }

    //! A new service knows none of the ids, and may have given them to others.
    void onOwnerChanged(const QString &owner)
    {
        QStringList lost;
        for (auto &[subject, entry] : m_entries) {
            entry.id = 0;
            if (!entry.isSending)
                lost.append(subject);
        }
        if (owner.isEmpty())
            return;
        for (const QString &subject : std::as_const(lost))
            send(subject);
    }

    [[nodiscard]] std::optional<QString> subjectOf(uint id) const
    {
        const auto found = std::ranges::find_if(
            m_entries, [id](const auto &entry) { return id != 0 && entry.second.id == id; });
        return found == m_entries.end() ? std::nullopt : std::optional(found->first);
    }

    QDBusServiceWatcher m_owner;
    std::map<QString, Entry> m_entries;
};

std::unique_ptr<Notifications> makeNotifications()
{
    return std::make_unique<DesktopNotifications>();
}

} // namespace latchkey

#include "notifications.moc"
