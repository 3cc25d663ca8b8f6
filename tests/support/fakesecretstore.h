// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/rotationjournal.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>

namespace latchkey::test {

//! The two items that a journal's FakeSecretStores work on, and how they are to behave. Outlives
//! them, so that a test can look at it, or open others on it as the next run of the program.
struct FakeVault {
    std::array<Secret, 2> items;
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

    //! The newest whole record in it.
    [[nodiscard]] Secret content() const;
    //! Lets the operation that waits happen. False when there is none.
    bool answer();

    std::function<void()> waiting;
};

//! A SecretStore that does as its FakeVault says. Answers in the call itself unless it is slow.
class FakeSecretStore final : public SecretStore {
    Q_OBJECT
public:
    explicit FakeSecretStore(
        std::shared_ptr<FakeVault> vault, std::size_t item = 0, QObject *parent = nullptr);

    ~FakeSecretStore() override;

    void load() override;
    void save(const Secret &secret) override;
    void erase() override;
    void cancel() override;
    [[nodiscard]] bool isDurable() const override { return m_vault->isDurable; }

private:
    void perform(std::function<void()> operation);

    std::shared_ptr<FakeVault> m_vault;
    std::size_t m_item;
};

//! A journal whose slots are the vault's two items.
[[nodiscard]] std::unique_ptr<RotationJournal> journalOn(const std::shared_ptr<FakeVault> &vault);

} // namespace latchkey::test
