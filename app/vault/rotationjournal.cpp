// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/rotationjournal.h"

#include "base/logging.h"

#include <QDateTime>

namespace latchkey {

RotationJournal::RotationJournal(
    std::unique_ptr<SecretStore> first, std::unique_ptr<SecretStore> second, QObject *parent)
    : QObject(parent)
    , m_stores{std::move(first), std::move(second)}
{
    for (Index slot = 0; slot < m_stores.size(); ++slot) {
        const SecretStore *store = m_stores[slot].get();
        connect(store, &SecretStore::loaded, this,
            [this, slot](const Secret &stored) { onLoaded(slot, stored); });
        connect(store, &SecretStore::saved, this, [this, slot] {
            qCDebug(vaultLog) << "journal: written";
            m_stage = Stage::ReadingBack;
            m_stores[slot]->load();
        });
        connect(store, &SecretStore::erased, this, [this, slot] { onErased(slot); });
        connect(store, &SecretStore::failed, this, &RotationJournal::onFailed);
    }
}

void RotationJournal::restore()
{
    want(Restore{});
}

void RotationJournal::record(const Secret &record)
{
    want(Record{record});
}

void RotationJournal::forget()
{
    want(Forget{});
}

void RotationJournal::want(const Wish &wish)
{
    m_wish = wish;
    if (m_stage == Stage::Idle)
        begin();
}

void RotationJournal::begin()
{
    if (std::holds_alternative<Forget>(m_wish)) {
        m_wish = Wish();
        m_stage = Stage::Forgetting;
        m_stores[0]->erase();
    } else if (std::holds_alternative<Restore>(m_wish) || !m_isRead) {
        read(0);
    } else {
        write();
    }
}

void RotationJournal::read(Index slot)
{
    m_stage = Stage::Reading;
    m_stores[slot]->load();
}

void RotationJournal::onLoaded(Index slot, const Secret &stored)
{
    if (m_stage == Stage::ReadingBack)
        return onReadBack(stored);
    m_slots[slot] = Slot::from(stored);
    m_isEmpty[slot] = stored.isEmpty();
    if (!m_isEmpty[slot] && !m_slots[slot])
        qCWarning(vaultLog) << "A record in the keychain is damaged";
    slot == 0 ? read(1) : onRead();
}

//! The newest whole record wins, whichever slot it is in.
void RotationJournal::onRead()
{
    const auto age = [this](Index slot) {
        return m_slots[slot] ? m_slots[slot]->generation : 0;
    };
    m_isRead = true;
    m_current = m_slots[0] && (!m_slots[1] || age(0) >= age(1)) ? 0 : 1;
    m_generation = age(m_current);
    const Secret newest = m_slots[m_current] ? m_slots[m_current]->record : Secret();
    m_slots = {};
    if (!std::holds_alternative<Restore>(m_wish))
        return end();
    m_wish = Wish();
    m_stage = Stage::ForgettingOld; // busy: what the listeners want comes after it
    Q_EMIT restored(newest);
    newest.isEmpty() ? end() : forgetOld();
}

void RotationJournal::write()
{
    // Newer than whatever could not be read.
    if (!m_isRead)
        m_generation = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch());
    m_written = Slot{m_generation + 1, std::get<Record>(m_wish).record}.toSecret();
    m_wish = Wish();
    m_stage = Stage::Writing;
    m_isEmpty[other()] = false;
    qCDebug(vaultLog) << "journal: writing";
    m_stores[other()]->save(m_written);
}

void RotationJournal::onReadBack(const Secret &stored)
{
    if (stored != std::exchange(m_written, {})) {
        qCWarning(vaultLog) << "The keychain did not give back what was written";
        return onFailed(StoreError::Unavailable);
    }
    ++m_generation;
    m_isRead = true;
    m_current = other();
    qCDebug(vaultLog) << "journal: current";
    m_stage = Stage::ForgettingOld;
    if (isAnswered())
        Q_EMIT recorded();
    forgetOld();
}

//! The older record is of no use any more. Where it stays, it is overwritten by the next one.
void RotationJournal::forgetOld()
{
    if (m_isEmpty[other()])
        return end();
    m_stores[other()]->erase();
}

void RotationJournal::onErased(Index slot)
{
    m_isEmpty[slot] = true;
    if (m_stage == Stage::ForgettingOld) {
        qCDebug(vaultLog) << "journal: forgotten old";
        return end();
    }
    if (slot == 0)
        return m_stores[1]->erase();
    m_isRead = true;
    if (isAnswered())
        Q_EMIT forgotten();
    end();
}

void RotationJournal::onFailed(StoreError error)
{
    const Stage failed = m_stage;
    m_written = {};
    if (failed == Stage::Reading && std::holds_alternative<Record>(m_wish))
        return write(); // what cannot be read is of no use, and what is new may be taken
    if (failed == Stage::Reading && !std::holds_alternative<Forget>(m_wish))
        m_wish = Wish(); // it was what the reading was for
    if (failed != Stage::ForgettingOld && isAnswered())
        Q_EMIT this->failed(error);
    end();
}

void RotationJournal::end()
{
    m_stage = Stage::Idle;
    if (!isAnswered())
        begin();
}

} // namespace latchkey
