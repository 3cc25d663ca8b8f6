// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/secretstore.h"

namespace latchkey {

//! Keeps the secret until the program ends: `--memory-only`.
class MemoryStore final : public SecretStore {
    Q_OBJECT
public:
    using SecretStore::SecretStore;

    void load() override;
    void save(const Secret &secret) override;
    void erase() override;
    [[nodiscard]] bool isDurable() const override { return false; }

private:
    template<typename Report> void later(Report report);

    Secret m_secret;
};

} // namespace latchkey
