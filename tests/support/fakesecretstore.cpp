// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/fakesecretstore.h"

#include <utility>

namespace latchkey::test {

bool FakeVault::answer()
{
    const auto operation = std::exchange(waiting, nullptr);
    if (operation)
        operation();
    return operation != nullptr;
}

Secret FakeVault::content() const
{
    const auto first = Slot::from(items[0]);
    const auto second = Slot::from(items[1]);
    if (first && (!second || first->generation >= second->generation))
        return first->record;
    return second ? second->record : Secret();
}

FakeSecretStore::FakeSecretStore(
    std::shared_ptr<FakeVault> vault, std::size_t item, QObject *parent)
    : SecretStore(parent)
    , m_vault(std::move(vault))
    , m_item(item)
{
}

FakeSecretStore::~FakeSecretStore()
{
    FakeSecretStore::cancel();
}

void FakeSecretStore::load()
{
    ++m_vault->loads;
    perform([this] { Q_EMIT loaded(m_vault->items[m_item]); });
}

void FakeSecretStore::save(const Secret &secret)
{
    ++m_vault->saves;
    perform([this, secret] {
        const qsizetype kept = std::min(secret.size(), m_vault->longest.value_or(secret.size()));
        if (!m_vault->lies)
            m_vault->items[m_item] = Secret::fromBytes(secret.bytes().first(kept));
        Q_EMIT saved();
    });
}

void FakeSecretStore::erase()
{
    ++m_vault->erasures;
    perform([this] {
        m_vault->items[m_item] = {};
        Q_EMIT erased();
    });
}

void FakeSecretStore::cancel()
{
    if (std::exchange(m_vault->waiting, nullptr))
        ++m_vault->cancelled;
}

void FakeSecretStore::perform(std::function<void()> operation)
{
    cancel();
    m_vault->waiting = [this, operation = std::move(operation)] {
        if (m_vault->failure)
            Q_EMIT failed(*m_vault->failure);
        else
            operation();
    };
    if (!m_vault->isSlow)
        m_vault->answer();
}

std::unique_ptr<RotationJournal> journalOn(const std::shared_ptr<FakeVault> &vault)
{
    return std::make_unique<RotationJournal>(
        std::make_unique<FakeSecretStore>(vault, 0), std::make_unique<FakeSecretStore>(vault, 1));
}

} // namespace latchkey::test
