// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "vault/keychainchoice.h"
#include "vault/keychainprobe.h"
#include "vault/secretstore.h"

#include <memory>
#include <optional>

namespace latchkey {

//! What is wrong with the vault, one for each thing a person can do about it.
enum class VaultProblem {
    Absent, //!< no keychain answers, or it has no place for an item
    Locked,
    Awaited, //!< the one that holds sessions does not answer
    Denied, //!< it said no to the item
    Broken,
    Altered, //!< what came back was not what was written
    Slow, //!< it did not come to its end before the deadline
};

//! How the keychain does. Never holds a secret.
struct VaultReport {
    enum class State { Unlocked, Locked, Absent };
    struct RoundTrip {
        bool isSame = false;
        qsizetype bytes = 0;
        Milliseconds duration;
    };

    State state = State::Absent;
    //! Nothing where none answers.
    std::optional<Keychain> keychain;
    //! What stands behind it; may be empty.
    QString program;
    //! Nothing when it was not tried, or did not come back.
    std::optional<RoundTrip> roundTrip;
    std::optional<VaultProblem> problem;
};

//! Looks at the keychain, and unless it is locked or absent has a throw-away item make the round:
//! write, read, compare, erase. Never prompts for a keychain that is locked.
//!
//! check() returns at once; exactly one checked() follows, at the deadline at the latest. What an
//! unfinished round left behind is erased when the check is destroyed.
class VaultCheck : public QObject {
    Q_OBJECT
public:
    //! What \a store works on, and what is put there.
    struct Item {
        QString service;
        //! One that no account can have.
        QString key;
        Secret content;
    };

    VaultCheck(Item item, std::unique_ptr<SecretStore> store, std::unique_ptr<KeychainProbe> probe,
        std::shared_ptr<KeychainChoice> choice, DeadlineQueue &deadlines,
        QObject *parent = nullptr);
    ~VaultCheck() override;

    void check(const Instant &deadline);

Q_SIGNALS:
    void checked(const latchkey::VaultReport &report);

private:
    void onProbed(const KeychainProbe::Finding &finding);
    [[nodiscard]] std::optional<VaultProblem> obstacle(const KeychainProbe::Finding &finding) const;
    void onLoaded(const Secret &content);
    void onErased();
    void onFailed(StoreError error);
    void finish(const std::optional<VaultProblem> &problem);

    Item m_item;
    std::unique_ptr<SecretStore> m_store;
    std::unique_ptr<KeychainProbe> m_probe;
    std::shared_ptr<KeychainChoice> m_choice;
    Deadline m_deadline;
    SteadyTime m_startedAt;
    VaultReport m_report;
    bool m_isStored = false;
    bool m_isFinished = false;
};

} // namespace latchkey
