// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/secretstore.h"

#include <functional>
#include <memory>
#include <optional>

namespace latchkey::test {

//! What a FakeSecretStore works on, and how it is to behave. Outlives it, so that a test can look
//! at it, or open another one on it as the next run of the program.
struct FakeVault {
    Secret content;
    //! What every operation fails with.
    std::optional<StoreError> failure;
    //! Operations wait until answer() is called.
    bool isSlow = false;
    bool isDurable = true;

    int loads = 0;
    int saves = 0;
    int erasures = 0;
    //! At once: more than one breaks the promise that callers make.
    int mostAtWork = 0;

    //! Lets the operation that waits happen. False when there is none.
    bool answer();
    //! What was in the way is gone, as a keychain that was unlocked says by itself.
    void recover();

    std::function<void()> waiting;
    std::function<void()> onRecovered;
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
    [[nodiscard]] bool isDurable() const override { return m_vault->isDurable; }

private:
    void perform(const std::function<void()> &operation);

    std::shared_ptr<FakeVault> m_vault;
};

[[nodiscard]] std::unique_ptr<SecretStore> storeOn(const std::shared_ptr<FakeVault> &vault);

} // namespace latchkey::test
