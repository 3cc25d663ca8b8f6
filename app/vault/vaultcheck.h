// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "vault/filequeue.h"
#include "vault/foldertrip.h"
#include "vault/keychainwatch.h"
#include "vault/keyplace.h"

#include <memory>
#include <optional>

namespace latchkey {

//! How the vault does. Never holds a secret.
struct VaultReport {
    //! Of the place that holds the vault key, or is going to.
    enum class State {
        Unlocked,
        Locked,
        Absent, //!< no keychain answers
        Elsewhere, //!< one answers, and it is not the one
    };
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
    //! Of a file in the data folder; nothing when it could not be written.
    std::optional<RoundTrip> roundTrip;
    //! Nothing where the key is here, whatever became of its keychain, and can be used.
    std::optional<StoreError> problem;
};

//! Looks at the keychain without asking anybody anything and without an item of its own, and has a
//! throw-away file make the round through the data folder.
//!
//! check() returns at once; exactly one checked() follows, at the deadline at the latest.
class VaultCheck : public QObject {
    Q_OBJECT
public:
    struct Subject {
        //! The vault key's item, as QtKeychain files it.
        QString service;
        QString key;
        Keychain preferred = Keychain::SecretService;
        std::optional<KeyPlace> place;
        //! What is known of the key without looking.
        bool hasKey = false;
        std::optional<StoreError> trouble;
        //! Where the sealed files are.
        QString folder;
    };

    VaultCheck(Subject subject, std::unique_ptr<KeychainWatch> watch, FileQueue &files,
        DeadlineQueue &deadlines, QObject *parent = nullptr);

    void check(const Instant &deadline);

Q_SIGNALS:
    void checked(const latchkey::VaultReport &report);

private:
    void travel();
    void onSeen(const KeychainWatch::Finding &finding);
    void onTravelled(const FolderTrip &trip);
    void onDeadline();
    [[nodiscard]] std::optional<StoreError> keyProblem() const;
    void look();
    void finish();

    Subject m_subject;
    std::unique_ptr<KeychainWatch> m_watch;
    FileQueue &m_files;
    Deadline m_deadline;
    VaultReport m_report;
    std::optional<KeychainWatch::Finding> m_finding;
    std::optional<FolderTrip> m_trip;
    bool m_isFinished = false;
};

} // namespace latchkey
