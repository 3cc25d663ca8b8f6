// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/linux/dbuskeychainwatch.h"

#include "platform/linux/desktopkeychain.h"
#include "platform/programname.h"
#include "platform/secretservicesession.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QMap>
#include <QPointer>

#include <limits>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! No timeout: the bus tells when the program that was asked goes away, and the caller decides how
//! long is too long.
constexpr int forever = std::numeric_limits<int>::max();

const QString secrets = u"org.freedesktop.secrets"_s;
const QString secretsPath = u"/org/freedesktop/secrets"_s;
const QString serviceInterface = u"org.freedesktop.Secret.Service"_s;
const QString collectionInterface = u"org.freedesktop.Secret.Collection"_s;
const QString itemInterface = u"org.freedesktop.Secret.Item"_s;
const QString promptInterface = u"org.freedesktop.Secret.Prompt"_s;
const QString propertiesInterface = u"org.freedesktop.DBus.Properties"_s;
const QString walletInterface = u"org.kde.KWallet"_s;

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

QDBusMessage callOf(const QString &path, const QString &interface, const QString &method,
    const QVariantList &arguments = {})
{
    QDBusMessage call = QDBusMessage::createMethodCall(secrets, path, interface, method);
    call.setArguments(arguments);
    return call;
}

QDBusMessage propertyOf(const QString &path, const QString &interface, const QString &name)
{
    return callOf(path, propertiesInterface, u"Get"_s, {interface, name});
}

QVariant valueOf(const QDBusPendingReply<QDBusVariant> &reply)
{
    return reply.isError() ? QVariant() : reply.value().variant();
}

QString walletBusName()
{
    return u"org.kde."_s + walletDaemon();
}

} // namespace

DBusKeychainWatch::DBusKeychainWatch(QObject *parent)
    : KeychainWatch(parent)
{
    qDBusRegisterMetaType<Attributes>();
}

//! Begun with the first look, as every signal costs a round trip: a start without sessions asks no
//! keychain.
void DBusKeychainWatch::follow()
{
    if (std::exchange(m_isFollowing, true))
        return;
    auto *names = new QDBusServiceWatcher(this);
    names->setConnection(QDBusConnection::sessionBus());
    names->setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
    names->setWatchedServices({secrets, walletBusName()});
    connect(
        names, &QDBusServiceWatcher::serviceOwnerChanged, this, &DBusKeychainWatch::onOwnerChanged);
    followSignals();
}

void DBusKeychainWatch::followSignals()
{
    struct Followed {
        QString service;
        QString interface;
        QStringList names;
    };
    const QList<Followed> all{
        {secrets, propertiesInterface, {u"PropertiesChanged"_s}},
        {secrets, serviceInterface,
            {u"CollectionCreated"_s, u"CollectionChanged"_s, u"CollectionDeleted"_s}},
        {secrets, collectionInterface, {u"ItemCreated"_s, u"ItemChanged"_s, u"ItemDeleted"_s}},
        {walletBusName(), walletInterface,
            {u"walletOpened"_s, u"walletClosed"_s, u"folderUpdated"_s, u"walletListDirty"_s}},
    };
    QDBusConnection bus = QDBusConnection::sessionBus();
    for (const Followed &followed : all) {
        for (const QString &name : followed.names)
            bus.connect(followed.service, {}, followed.interface, name, this, SLOT(stir()));
    }
}

void DBusKeychainWatch::onOwnerChanged(const QString &name)
{
    if (name == secrets) {
        dropSecretServiceSession();
        if (m_isAsking)
            answer(Answer::Lost);
    }
    stir();
}

//! Several things change at once out there, so they are announced together.
void DBusKeychainWatch::stir()
{
    if (std::exchange(m_isStirred, true))
        return;
    const auto tell = [this] {
        m_isStirred = false;
        Q_EMIT changed();
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

//! Answers from the event loop, even if the call has failed already because there is no bus.
void DBusKeychainWatch::ask(Purpose purpose, const QDBusMessage &call, Handler handler)
{
    delete m_calls[purpose];
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, forever), this);
    m_calls[purpose] = watcher;
    const auto answered = [this, purpose, handler, watcher = QPointer(watcher)] {
        if (!watcher || watcher != m_calls[purpose])
            return;
        m_calls[purpose] = nullptr;
        watcher->deleteLater();
        handler(*watcher);
    };
    connect(watcher, &QDBusPendingCallWatcher::finished, this, answered, Qt::QueuedConnection);
    if (watcher->isFinished())
        QMetaObject::invokeMethod(this, answered, Qt::QueuedConnection);
}

void DBusKeychainWatch::look(const Question &question)
{
    follow();
    m_question = question;
    m_finding = {};
    if (question.keychains.testFlag(Keychain::KWallet))
        lookAtWallet();
    else
        lookAtService();
}

void DBusKeychainWatch::askWallet(
    const QString &method, const QVariantList &arguments, Handler handler)
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        walletBusName(), u"/modules/"_s + walletDaemon(), walletInterface, method);
    call.setArguments(arguments);
    call.setAutoStartService(m_question.started.testFlag(Keychain::KWallet));
    ask(Looking, call, std::move(handler));
}

void DBusKeychainWatch::lookAtWallet()
{
    askWallet(u"networkWallet"_s, {}, [this](const QDBusPendingReply<QString> &wallet) {
        if (wallet.isError())
            return lookAtService();
        m_finding.answering |= Keychain::KWallet;
        askWallet(u"isOpen"_s, {wallet.value()},
            [this, name = wallet.value()](const QDBusPendingReply<bool> &isOpen) {
                lookIntoWallet(name, !isOpen.isError() && isOpen.value());
            });
    });
}

//! QtKeychain files an item in the folder named after its service.
void DBusKeychainWatch::lookIntoWallet(const QString &wallet, bool isOpen)
{
    const auto onTold = [this, wallet, isOpen](const QDBusPendingReply<bool> &isMissing) {
        if (isMissing.isError()) // it ended during the look, so its answers mean nothing
            m_finding.answering.setFlag(Keychain::KWallet, false);
        if (isMissing.isError())
            return lookAtService();
        auto item = isMissing.value() ? Place::Item::None : Place::Item::Readable;
        if (isMissing.value() && !isOpen)
            item = Place::Item::Hidden; // a closed wallet may say so of what it cannot see yet
        m_finding.places.append({Keychain::KWallet, wallet, isOpen, true, item});
        lookAtService();
    };
    askWallet(u"keyDoesNotExist"_s, {wallet, m_question.service, m_question.key}, onTold);
}

void DBusKeychainWatch::lookAtService()
{
    if (!m_question.keychains.testFlag(Keychain::SecretService))
        return finish();
    QDBusMessage call = propertyOf(secretsPath, serviceInterface, u"Collections"_s);
    call.setAutoStartService(m_question.started.testFlag(Keychain::SecretService));
    ask(Looking, call, [this](const QDBusPendingReply<QDBusVariant> &collections) {
        if (collections.isError())
            return finish();
        m_finding.answering |= Keychain::SecretService;
        m_collections.clear();
        for (const QDBusObjectPath &path : qdbus_cast<Paths>(valueOf(collections)))
            m_collections.append(path.path());
        nameProgram();
    });
}

void DBusKeychainWatch::nameProgram()
{
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s,
        u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, u"GetConnectionUnixProcessID"_s);
    call << secrets;
    ask(Looking, call, [this](const QDBusPendingReply<uint> &pid) {
        if (!pid.isError())
            m_finding.program = programName(pid.value());
        const QDBusMessage alias =
            callOf(secretsPath, serviceInterface, u"ReadAlias"_s, {u"default"_s});
        ask(Looking, alias, [this](const QDBusPendingReply<QDBusObjectPath> &path) {
            m_default = path.isError() ? QString() : path.value().path();
            lookAtNextCollection();
        });
    });
}

void DBusKeychainWatch::lookAtNextCollection()
{
    if (m_collections.isEmpty())
        return finish();
    Place place{Keychain::SecretService, m_collections.takeFirst()};
    place.isDefault = place.name == m_default;
    const auto onTold = [this, place = place](
                            const QDBusPendingReply<QDBusVariant> &isLocked) mutable {
        if (isLocked.isError())
            return lookAtNextCollection(); // it has gone meanwhile
        place.isOpen = !valueOf(isLocked).toBool();
        if (place.isOpen)
            lookIntoCollection(place);
        else
            add(place);
    };
    ask(Looking, propertyOf(place.name, collectionInterface, u"Locked"_s), onTold);
}

//! The service ended during the look, so what was seen of it means nothing.
void DBusKeychainWatch::loseService()
{
    m_finding.answering.setFlag(Keychain::SecretService, false);
    const auto isIts = [](const Place &place) {
        return place.keychain == Keychain::SecretService;
    };
    m_finding.places.removeIf(isIts);
    m_collections.clear();
    finish();
}

//! Searches by the attributes under which QtKeychain files an item.
void DBusKeychainWatch::lookIntoCollection(const Place &place)
{
    const Attributes attributes{{u"server"_s, m_question.service}, {u"user"_s, m_question.key}};
    const QDBusMessage call = callOf(
        place.name, collectionInterface, u"SearchItems"_s, {QVariant::fromValue(attributes)});
    ask(Looking, call, [this, place = place](const QDBusPendingReply<Paths> &items) mutable {
        if (items.isError())
            return loseService();
        if (!items.value().isEmpty())
            return lookAtItem(place, items.value().first().path());
        place.item = Place::Item::None;
        add(place);
    });
}

void DBusKeychainWatch::lookAtItem(const Place &place, const QString &item)
{
    const auto onTold = [this, place = place](
                            const QDBusPendingReply<QDBusVariant> &isLocked) mutable {
        const bool isGuarded = isLocked.isError() || valueOf(isLocked).toBool();
        place.item = isGuarded ? Place::Item::Guarded : Place::Item::Readable;
        add(place);
    };
    ask(Looking, propertyOf(item, itemInterface, u"Locked"_s), onTold);
}

void DBusKeychainWatch::add(const Place &place)
{
    m_finding.places.append(place);
    lookAtNextCollection();
}

void DBusKeychainWatch::finish()
{
    Q_EMIT seen(m_finding);
}

void DBusKeychainWatch::unlock(const QString &collection)
{
    m_isAsking = true;
    const Paths wanted{QDBusObjectPath(collection)};
    const QDBusMessage call =
        callOf(secretsPath, serviceInterface, u"Unlock"_s, {QVariant::fromValue(wanted)});
    ask(Asking, call, [this](const QDBusPendingReply<Paths, QDBusObjectPath> &reply) {
        if (reply.isError())
            return answer(Answer::Lost);
        if (!reply.argumentAt<0>().isEmpty())
            return answer(Answer::Open);
        prompt(reply.argumentAt<1>().path());
    });
}

void DBusKeychainWatch::prompt(const QString &path)
{
    m_prompt = path;
    QDBusConnection::sessionBus().connect(secrets, path, promptInterface, u"Completed"_s, this,
        SLOT(onCompleted(bool, QDBusVariant)));
    const QDBusMessage call = callOf(path, promptInterface, u"Prompt"_s, {QString()});
    ask(Asking, call, [this](const QDBusPendingReply<> &reply) {
        if (reply.isError() && m_isAsking)
            answer(Answer::Lost);
    });
}

void DBusKeychainWatch::onCompleted(bool isDismissed, const QDBusVariant & /*result*/)
{
    if (m_isAsking)
        answer(isDismissed ? Answer::Refused : Answer::Open);
}

void DBusKeychainWatch::dropQuestion()
{
    if (!std::exchange(m_isAsking, false))
        return;
    delete std::exchange(m_calls[Asking], nullptr);
    if (m_prompt.isEmpty())
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.disconnect(secrets, m_prompt, promptInterface, u"Completed"_s, this,
        SLOT(onCompleted(bool, QDBusVariant)));
    bus.send(callOf(m_prompt, promptInterface, u"Dismiss"_s));
    m_prompt.clear();
}

void DBusKeychainWatch::answer(Answer answer)
{
    m_isAsking = false;
    delete std::exchange(m_calls[Asking], nullptr);
    if (!m_prompt.isEmpty()) {
        QDBusConnection::sessionBus().disconnect(secrets, m_prompt, promptInterface, u"Completed"_s,
            this, SLOT(onCompleted(bool, QDBusVariant)));
        m_prompt.clear();
    }
    Q_EMIT answered(answer);
}

} // namespace latchkey
