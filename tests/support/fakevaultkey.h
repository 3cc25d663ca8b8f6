// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/vaultkey.h"

#include <QByteArray>

namespace latchkey::test {

//! A VaultKey under the test's control.
class FakeVaultKey final : public VaultKey {
    Q_OBJECT
public:
    using VaultKey::VaultKey;

    void fetch() override { ++fetches; }
    void fetchOrMake() override { ++makes; }
    void allowPrompt() override { }
    [[nodiscard]] Secret key() const override { return m_key; }
    [[nodiscard]] std::optional<StoreError> trouble() const override { return m_trouble; }

    void arrive(char fill = 'k')
    {
        m_key = Secret::fromBytes(QByteArray(32, fill));
        m_trouble.reset();
        Q_EMIT changed();
    }
    void fail(StoreError error)
    {
        m_trouble = error;
        Q_EMIT changed();
    }

    int fetches = 0;
    int makes = 0;

private:
    Secret m_key;
    std::optional<StoreError> m_trouble;
};

} // namespace latchkey::test
