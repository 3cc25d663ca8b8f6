// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/vaultsync.h"

#include "base/overloaded.h"

namespace latchkey {

VaultSync::VaultSync(std::unique_ptr<SecretStore> store, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_deadlines(deadlines)
    , m_retry(deadlines)
{
    const auto done = [this](Content content) {
        return [this, content] {
            m_content = content;
            apply(vaultevent::Done{});
        };
    };
    const auto tryAgain = [this] {
        apply(vaultevent::TryAgain{});
    };
    connect(m_store.get(), &SecretStore::loaded, this, &VaultSync::onLoaded);
    connect(m_store.get(), &SecretStore::saved, this, done(Content::Known));
    connect(m_store.get(), &SecretStore::erased, this, done(Content::None));
    connect(m_store.get(), &SecretStore::failed, this, &VaultSync::onFailed);
    connect(m_store.get(), &SecretStore::recovered, this, tryAgain);
    connect(&m_retry, &Deadline::reached, this, tryAgain);
}

void VaultSync::stopReading()
{
    if (isUnread())
        apply(VaultWish(wish::Nothing{}));
}

void VaultSync::leave()
{
    m_store.reset();
    m_retry.set({});
    m_state = vaultstate::Idle{};
    m_work = wish::Nothing{};
    Q_EMIT changed();
}

//! The newest tokens may still be waiting for their turn when the program ends. They are handed to
//! the store, which saves them as its last act.
VaultSync::~VaultSync()
{
    disconnect(); // no listener must hear of it
    if (m_store)
        m_store->disconnect(this);
    const auto *writing = std::get_if<vaultstate::Writing>(&m_state);
    const auto *next =
        writing && writing->next ? std::get_if<wish::Write>(&*writing->next) : nullptr;
    if (next && m_store)
        m_store->save(next->record);
}

void VaultSync::apply(const VaultEvent &event)
{
    if (advance(event))
        Q_EMIT changed();
}

bool VaultSync::advance(const VaultEvent &event)
{
    auto next = step(m_state, event, m_deadlines.now());
    if (!next)
        return false;
    m_state = std::move(next->state);
    const auto *failed = std::get_if<vaultstate::Failed>(&m_state);
    m_retry.set(failed ? std::optional(failed->retryAt) : std::nullopt);
    if (std::holds_alternative<vaultstate::Idle>(m_state))
        m_work = wish::Nothing{}; // the record is not needed any more
    if (next->begin)
        begin(*next->begin);
    return true;
}

void VaultSync::begin(const VaultWish &wish)
{
    if (!m_store)
        return;
    m_work = wish;
    std::visit(Overloaded{
                   [](const wish::Nothing &) {},
                   [this](const wish::Read &) {
                       m_content = Content::Unknown;
                       m_store->load();
                   },
                   [this](const wish::Write &write) { m_store->save(write.record); },
                   [this](const wish::Erase &) { m_store->erase(); },
               },
        wish);
}

void VaultSync::onLoaded(const Secret &record)
{
    const bool isWanted = isReadingForSomebody();
    if (isWanted)
        m_content = record.isEmpty() ? Content::None : Content::Known;
    advance(vaultevent::Done{record.isEmpty()});
    if (isWanted)
        Q_EMIT loaded(record);
    Q_EMIT changed();
}

void VaultSync::onFailed(StoreError error)
{
    const bool isWanted = isReadingForSomebody();
    if (error == StoreError::Damaged)
        m_content = Content::None; // the store put the damaged file aside
    advance(vaultevent::Broke{error, m_work});
    if (isWanted)
        Q_EMIT failed(error);
    Q_EMIT changed();
}

bool VaultSync::isReadingForSomebody() const
{
    const auto *reading = std::get_if<vaultstate::Reading>(&m_state);
    return reading && !reading->next;
}

bool VaultSync::isBusy() const
{
    return !std::holds_alternative<vaultstate::Idle>(m_state)
        && !std::holds_alternative<vaultstate::Failed>(m_state);
}

bool VaultSync::isWriting() const
{
    return isBusy() && std::holds_alternative<wish::Write>(wanted());
}

bool VaultSync::isErasing() const
{
    return std::holds_alternative<wish::Erase>(wanted());
}

bool VaultSync::isUnread() const
{
    return std::holds_alternative<wish::Read>(wanted());
}

bool VaultSync::isBehind() const
{
    const bool isNewer = std::holds_alternative<wish::Write>(wanted());
    const bool mayHoldOne = m_content == Content::Known || !trouble();
    return m_content == Content::Unknown || (isNewer && mayHoldOne);
}

bool VaultSync::isKept() const
{
    const auto *idle = std::get_if<vaultstate::Idle>(&m_state);
    return idle && idle->isKept && m_store && m_store->isDurable();
}

VaultWish VaultSync::wanted() const
{
    return std::visit(Overloaded{
                          [](const vaultstate::Idle &) -> VaultWish { return wish::Nothing{}; },
                          [](const vaultstate::Failed &s) { return s.wish; },
                          [this](const auto &s) { return s.next.value_or(m_work); },
                      },
        m_state);
}

} // namespace latchkey
