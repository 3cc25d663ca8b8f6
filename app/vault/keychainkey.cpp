// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainkey.h"

#include "base/logging.h"
#include "base/wholefile.h"
#include "vault/keystep.h"
#include "vault/keytext.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

using Place = KeychainWatch::Place;

KeychainKey::KeychainKey(Where where, std::unique_ptr<KeychainItem> item,
    std::unique_ptr<KeychainWatch> watch, DeadlineQueue &deadlines, QObject *parent)
    : VaultKey(parent)
    , m_where(std::move(where))
    , m_item(std::move(item))
    , m_watch(std::move(watch))
    , m_deadline(deadlines)
    , m_place(KeyPlace::fromJson(readWhole(m_where.recordPath).value_or(QByteArray())))
{
    connect(m_watch.get(), &KeychainWatch::seen, this, &KeychainKey::onSeen);
    connect(m_watch.get(), &KeychainWatch::answered, this, &KeychainKey::onAnswered);
    connect(m_watch.get(), &KeychainWatch::changed, this, &KeychainKey::onChanged);
    connect(m_item.get(), &KeychainItem::found, this, &KeychainKey::onFound);
    connect(m_item.get(), &KeychainItem::failed, this, &KeychainKey::onFailed);
    connect(m_item.get(), &KeychainItem::written, this, [this] {
        m_stage = Stage::ReadingBack;
        m_item->read();
    });
    connect(&m_deadline, &Deadline::reached, this, [this] { tell(StoreError::Slow); });
}

KeychainKey::~KeychainKey() = default;

void KeychainKey::fetch()
{
    if (m_key.isEmpty())
        begin();
}

void KeychainKey::fetchOrMake()
{
    m_mayMake = true;
    fetch();
}

void KeychainKey::allowPrompt()
{
    m_hasQuestion = true;
    m_wasRefused = false;
    if (m_key.isEmpty() && m_trouble)
        begin();
}

//! Somebody asked for the key, so the outcome is reported in any case and keychains may be started.
void KeychainKey::begin()
{
    m_isWanted = true;
    if (m_stage != Stage::Idle)
        return;
    m_misses = 0;
    m_isDeliberate = true;
    m_trouble.reset();
    m_deadline.set(m_deadline.queue().now() + patience);
    look(Stage::Looking, startable());
}

void KeychainKey::look(Stage stage, Keychains started)
{
    m_stage = stage;
    m_isStale = false;
    m_watch->look(
        {m_where.service, m_where.key, relevant() | Keychains(Keychain::SecretService), started});
}

//! Starts no keychain: whoever is replacing one needs its name on the bus.
void KeychainKey::onChanged()
{
    if (!m_isWanted || !m_key.isEmpty())
        return;
    if (m_stage == Stage::Idle || m_stage == Stage::Looking)
        look(Stage::Looking, {});
    else if (m_stage == Stage::Unlocking)
        look(Stage::Unlocking, {}); // somebody may have unlocked it without our question
    else
        m_isStale = true;
}

void KeychainKey::onSeen(const KeychainWatch::Finding &finding)
{
    m_finding = finding;
    qCDebug(vaultLog) << "The keychains were looked at:" << finding.places.size() << "places";
    if (m_stage == Stage::Locating)
        return locate(finding);
    noteWhetherOpen(finding);
    const KeyStep step = keyStep(finding, m_place, used(finding), m_mayMake);
    if (m_stage == Stage::Unlocking) {
        if (step.kind == KeyStep::Kind::Unlock)
            return; // the question is still open
        m_watch->dropQuestion();
    }
    act(step);
}

//! Whoever opens the place that holds the key is at the machine. So one more question is allowed,
//! even after an earlier no.
void KeychainKey::noteWhetherOpen(const KeychainWatch::Finding &finding)
{
    const Keychain keychain = used(finding);
    const bool isOpen =
        std::any_of(finding.places.cbegin(), finding.places.cend(), [&](const Place &place) {
            const bool isHome = m_place ? place.name == m_place->collection : place.isDefault;
            return place.keychain == keychain && isHome && place.isOpen;
        });
    if (isOpen && m_wasOpen == false) {
        m_hasQuestion = true;
        m_wasRefused = false;
    }
    m_wasOpen = isOpen;
}

void KeychainKey::act(const KeyStep &step)
{
    if (step.kind == KeyStep::Kind::Tell)
        return settle(step.trouble);
    const bool isDue = m_isDeliberate || m_wasOpen == true;
    if ((step.asks || m_wasRefused) && !(isDue && mayAsk()))
        return settle(m_wasRefused ? StoreError::Denied : StoreError::Locked);
    switch (step.kind) {
    case KeyStep::Kind::Tell:
        break;
    case KeyStep::Kind::Unlock:
        return unlock(step.name);
    case KeyStep::Kind::Read:
        m_stage = Stage::Reading;
        m_readName = step.name;
        m_isReadClosed = step.isClosed;
        noteJob();
        return m_item->read();
    case KeyStep::Kind::Make:
        return make();
    }
}

//! One question may have two parts: unlock the keychain, then allow the use of the item.
bool KeychainKey::mayAsk()
{
    if (m_isAsking)
        return true;
    if (!std::exchange(m_hasQuestion, false))
        return false;
    m_isAsking = true;
    m_deadline.set(m_deadline.queue().now() + patience);
    return true;
}

void KeychainKey::unlock(const QString &collection)
{
    if (std::exchange(m_hasUnlocked, true))
        return refuse(); // it reported that it is unlocked, but is not
    m_stage = Stage::Unlocking;
    m_watch->unlock(collection);
}

void KeychainKey::onAnswered(KeychainWatch::Answer answer)
{
    if (m_stage != Stage::Unlocking)
        return;
    if (answer == KeychainWatch::Answer::Refused)
        return refuse();
    if (answer == KeychainWatch::Answer::Open)
        m_wasOpen = true; // opened by our own question, which does not earn another one
    else
        m_isAsking = m_isDeliberate = false;
    look(Stage::Looking, {});
}

void KeychainKey::onFound(const Secret &text)
{
    if (m_stage == Stage::ReadingBack)
        return onReadBack(text);
    if (text.isEmpty())
        return onMissed();
    const Secret key = vaultKeyFrom(text);
    if (key.isEmpty()) {
        qCWarning(vaultLog) << "The vault key's item in the keychain holds something else";
        return m_mayMake ? make() : settle(StoreError::KeyMissing);
    }
    take(key);
}

//! The item was seen but cannot be read: a person said no, or QtKeychain uses another keychain. Or
//! the wallet was closed, and only now that it has been opened tells what is in it.
void KeychainKey::onMissed()
{
    if (m_isAsking && !m_isReadClosed)
        return refuse();
    if (m_misses++ > 0)
        return settle(StoreError::Unavailable);
    if (!m_isReadClosed && m_where.preferred == Keychain::KWallet)
        m_chosen =
            used(m_finding) == Keychain::KWallet ? Keychain::SecretService : Keychain::KWallet;
    look(Stage::Looking, {});
}

//! Another key in the lost key's place is used from now on; files sealed with the lost one stay
//! unreadable.
void KeychainKey::take(const Secret &key)
{
    if (m_place && m_place->keyName != nameOfVaultKey(key)) {
        const bool isHome = m_readName == m_place->collection;
        qCWarning(vaultLog) << "The keychain holds another vault key than the one that was used";
        if (!isHome || !m_mayMake)
            return settle(isHome ? StoreError::KeyMissing : StoreError::Elsewhere);
    }
    keep(key);
    record(used(m_finding), m_readName, key);
}

void KeychainKey::make()
{
    m_made = newVaultKey();
    m_stage = Stage::Writing;
    noteJob();
    m_item->write(textOfVaultKey(m_made));
}

void KeychainKey::onReadBack(const Secret &text)
{
    const Secret made = std::exchange(m_made, {});
    if (text.isEmpty() && m_isAsking)
        return refuse(); // some keychains report success for a refused write
    const Secret key = vaultKeyFrom(text);
    if (key.isEmpty()) {
        qCWarning(vaultLog) << "The keychain did not give back what was put into it";
        return settle(StoreError::Unavailable);
    }
    if (key != made)
        qCWarning(vaultLog)
            << "Another program made a vault key at the same time; that one is used";
    m_made = key;
    look(Stage::Locating, {});
}

void KeychainKey::onFailed(StoreError error)
{
    m_made = {};
    // If a person refuses to create the keyring, the keychain reports that there is none.
    const bool isDismissed = m_stage == Stage::Writing && m_isAsking;
    if (error == StoreError::Denied || isDismissed)
        return refuse();
    settle(error);
}

//! Finds out where QtKeychain put the new key. Nothing is sealed with the key until that is
//! recorded: otherwise a crash could leave sealed files behind whose key is looked for in the wrong
//! place.
void KeychainKey::locate(const KeychainWatch::Finding &finding)
{
    const Secret key = std::exchange(m_made, {});
    const auto find = [&](auto is) {
        return std::find_if(finding.places.cbegin(), finding.places.cend(),
            [&](const Place &place) { return place.keychain == used(finding) && is(place); });
    };
    auto place = find([](const Place &one) { return one.holdsItem(); });
    if (place == finding.places.cend()) // it is closed again, and does not show the item
        place = find([](const Place &one) { return one.isDefault; });
    if (place == finding.places.cend())
        return keep(key);
    record(place->keychain, place->name, key, [this, key] { keep(key); });
}

//! Writes on another thread, because a disk may take its time.
void KeychainKey::record(
    Keychain keychain, const QString &name, const Secret &key, std::function<void()> noted)
{
    const bool isService = keychain == Keychain::SecretService;
    const KeyPlace place{
        keychain, name, nameOfVaultKey(key), isService ? m_finding.program : QString()};
    if (m_place == place && !noted)
        return;
    m_place = place;
    const auto done = [noted = std::move(noted)] {
        if (noted)
            noted();
    };
    QThreadPool::globalInstance()->start([path = m_where.recordPath, text = place.toJson(),
                                             key = QPointer(this), done] {
        if (const auto error = writeWhole(path, text))
            qCWarning(vaultLog).noquote() << "Where the vault key rests cannot be noted:" << *error;
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [key, done] {
                if (key)
                    done();
            },
            Qt::QueuedConnection);
    });
}

void KeychainKey::keep(const Secret &key)
{
    m_key = key;
    settle({});
}

void KeychainKey::refuse()
{
    m_wasRefused = true;
    settle(StoreError::Denied);
}

void KeychainKey::settle(std::optional<StoreError> trouble)
{
    m_stage = Stage::Idle;
    m_deadline.set({});
    m_isDeliberate = false;
    m_isAsking = false;
    m_hasUnlocked = false;
    tell(trouble);
    if (m_isStale && m_stage == Stage::Idle)
        onChanged();
}

void KeychainKey::tell(std::optional<StoreError> trouble)
{
    if (trouble == m_trouble && m_key.isEmpty())
        return;
    m_trouble = trouble;
    Q_EMIT changed();
}

Keychains KeychainKey::relevant() const
{
    Keychains keychains = m_where.preferred;
    if (m_place)
        keychains |= m_place->keychain;
    return keychains;
}

//! KeePassXC is not started through the bus: that would start another keychain, which would take
//! KeePassXC's name on the bus.
Keychains KeychainKey::startable() const
{
    const bool isStartedByPeople = m_place && m_place->program == "keepassxc"_L1;
    return isStartedByPeople ? relevant() & ~Keychains(Keychain::SecretService) : relevant();
}

Keychain KeychainKey::used(const KeychainWatch::Finding &finding) const
{
    return m_chosen.value_or(keychainInUse(finding, m_where.preferred));
}

//! If KWallet does not answer yet, the job starts it, and it may still be in time. Then we do not
//! know which keychain QtKeychain chose.
void KeychainKey::noteJob()
{
    if (m_finding.answering.testFlag(m_where.preferred))
        m_chosen = m_where.preferred;
}

} // namespace latchkey
