// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/secretstore.h"

#include <functional>
#include <memory>
#include <optional>

namespace latchkey::test {

//! The item that a FakeSecretStore works on, and how the store is to behave. Outlives the store,
//! so that a test can look at it, or open a second store on it as the next run of the program.
struct FakeVault {
    Secret content;
    //! What every operation fails with.
    std::optional<StoreError> failure;
    //! Operations wait until answer() is called.
    bool isSlow = false;
    //! Only so many bytes are kept.
    std::optional<qsizetype> longest;
    //! Says that it saved, and did not.
    bool lies = false;
    bool isDurable = true;

    int loads = 0;
    int saves = 0;
    int erasures = 0;
    int cancelled = 0;

    //! Lets the operation that waits happen. False when there is none.
    bool answer();

    std::function<void()> waiting;
};

//! A SecretStore that does as its FakeVault says. Answers in the call itself unless it is slow.
class FakeSecretStore final : public SecretStore {
    Q_OBJECT
public:
    explicit FakeSecretStore(std::shared_ptr<FakeVault> vault, QObject *parent = nullptr);

    ~FakeSecretStore() override;

    void load() override;
    void save(const Secret &secret) override;
    void erase() override;
    void cancel() override;
    [[nodiscard]] bool isDurable() const override { return m_vault->isDurable; }

private:
    void perform(std::function<void()> operation);

    std::shared_ptr<FakeVault> m_vault;
};

} // namespace latchkey::test
