// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/secretstore.h"

#include <functional>
#include <memory>
#include <optional>

namespace latchkey::test {

//! What a FakeSecretStore stores, and how it behaves. Outlives the store, so that a test can look
//! at it, or open another store on it as the next run of the program.
struct FakeVault {
    Secret content;
    //! If set, every operation fails with this.
    std::optional<StoreError> failure;
    //! If set, operations wait until answer() is called.
    bool isSlow = false;
    bool isDurable = true;

    int loads = 0;
    int saves = 0;
    int erasures = 0;
    //! The most operations at one time; more than one breaks the promise that callers make.
    int mostAtWork = 0;

    //! Carries out the operation that is waiting; false if there is none.
    bool answer();
    //! Removes the cause of the failure and announces that, as an unlocked keychain does.
    void recover();

    std::function<void()> waiting;
    std::function<void()> onRecovered;
};

//! A SecretStore that behaves as its FakeVault says. Unless that is slow, it answers within the
//! call.
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
