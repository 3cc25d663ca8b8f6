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

//! The vault's state of health. Never holds a secret.
struct VaultReport {
    //! State of the place that holds the vault key, or will hold it.
    enum class State {
        Unlocked,
        Locked,
        Absent, //!< no keychain answers
        Elsewhere, //!< a keychain answers, but not the one that holds the key
    };
    struct RoundTrip {
        bool isSame = false;
        qsizetype bytes = 0;
        Milliseconds duration;
    };

    State state = State::Absent;
    //! Nothing if no keychain answers.
    std::optional<Keychain> keychain;
    //! The program behind the keychain; may be empty.
    QString program;
    //! With a file in the data folder; nothing if the file could not be written.
    std::optional<RoundTrip> roundTrip;
    //! Nothing if the key is in memory and can be used, whatever became of its keychain.
    std::optional<StoreError> problem;
};

//! Looks at the keychain without asking anybody and without adding an item, and has a test file
//! written to the data folder and read back.
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
        //! What is already known about the key.
        bool hasKey = false;
        std::optional<StoreError> trouble;
        //! The folder of the sealed files.
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
