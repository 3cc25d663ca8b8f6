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

void FakeVault::recover()
{
    failure.reset();
    if (onRecovered)
        onRecovered();
}

FakeSecretStore::FakeSecretStore(std::shared_ptr<FakeVault> vault, QObject *parent)
    : SecretStore(parent)
    , m_vault(std::move(vault))
{
    m_vault->onRecovered = [this] {
        Q_EMIT recovered();
    };
}

//! The operation under way is still carried out, but nobody is told.
FakeSecretStore::~FakeSecretStore()
{
    m_vault->waiting = nullptr;
    m_vault->onRecovered = nullptr;
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
        m_vault->content = secret;
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

void FakeSecretStore::perform(const std::function<void()> &operation)
{
    m_vault->mostAtWork = std::max(m_vault->mostAtWork, m_vault->waiting ? 2 : 1);
    m_vault->waiting = [this, operation] {
        if (m_vault->failure)
            Q_EMIT failed(*m_vault->failure);
        else
            operation();
    };
    if (!m_vault->isSlow)
        m_vault->answer();
}

std::unique_ptr<SecretStore> storeOn(const std::shared_ptr<FakeVault> &vault)
{
    return std::make_unique<FakeSecretStore>(vault);
}

} // namespace latchkey::test
