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

FakeSecretStore::FakeSecretStore(std::shared_ptr<FakeVault> vault, QObject *parent)
    : SecretStore(parent)
    , m_vault(std::move(vault))
{
}

FakeSecretStore::~FakeSecretStore()
{
    FakeSecretStore::cancel();
}

void FakeSecretStore::load()
{
    ++m_vault->loads;
    perform([this] { Q_EMIT loaded(m_vault->content); });
}

void FakeSecretStore::save(const Secret &secret)
{
    ++m_vault->saves;
    perform([this, secret] {
        const qsizetype kept = std::min(secret.size(), m_vault->longest.value_or(secret.size()));
        if (!m_vault->lies)
            m_vault->content = Secret::fromBytes(secret.bytes().first(kept));
        Q_EMIT saved();
    });
}

void FakeSecretStore::erase()
{
    ++m_vault->erasures;
    perform([this] {
        m_vault->content = {};
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

} // namespace latchkey::test
