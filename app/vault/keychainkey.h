// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "vault/keychainitem.h"
#include "vault/keychainwatch.h"
#include "vault/keyplace.h"
#include "vault/vaultkey.h"

#include <memory>

namespace latchkey {

struct KeyStep;

//! The vault key as one item of the OS keychain. It is written once, read once a program, and then
//! lives here, in locked memory: what becomes of the keychain changes nothing.
//!
//! A person is asked one question a program start, and one more each time that they do something
//! that needs the key (allowPrompt()), or have opened the place that holds it. In between it only
//! watches, and tries again by itself when what it sees has changed. Nobody is asked to unlock
//! what has just appeared: who opens a database is about to type its password.
//!
//! QtKeychain chooses between KWallet and the Secret Service once a program, at its first job, and
//! says nothing: KWallet on KDE if that answers within half a second, else the Secret Service. So
//! nothing is asked of it before the keychain that holds the key answers.
class KeychainKey final : public VaultKey {
    Q_OBJECT
public:
    //! How long a question may take before it is told as Slow.
    static constexpr Milliseconds patience = std::chrono::seconds(5);

    struct Where {
        //! The item, as QtKeychain files it.
        QString service;
        QString key;
        //! What QtKeychain takes on this desktop where all keychains answer in time.
        Keychain preferred = Keychain::SecretService;
        //! `vault.json`.
        QString recordPath;
    };

    KeychainKey(Where where, std::unique_ptr<KeychainItem> item,
        std::unique_ptr<KeychainWatch> watch, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~KeychainKey() override;

    void fetch() override;
    void fetchOrMake() override;
    void allowPrompt() override;
    [[nodiscard]] Secret key() const override { return m_key; }
    [[nodiscard]] std::optional<StoreError> trouble() const override { return m_trouble; }

    //! Where the key rests, as far as that is known.
    [[nodiscard]] const std::optional<KeyPlace> &place() const { return m_place; }

private:
    enum class Stage { Idle, Looking, Unlocking, Reading, Writing, ReadingBack, Locating };

    void begin();
    void look(Stage stage, Keychains started);
    void onChanged();
    void onSeen(const KeychainWatch::Finding &finding);
    void noteWhetherOpen(const KeychainWatch::Finding &finding);
    void act(const KeyStep &step);
    [[nodiscard]] bool mayAsk();
    void unlock(const QString &collection);
    void onAnswered(KeychainWatch::Answer answer);
    void onFound(const Secret &text);
    void onReadBack(const Secret &text);
    void onMissed();
    void take(const Secret &key);
    void keep(const Secret &key);
    void make();
    void onFailed(StoreError error);
    void locate(const KeychainWatch::Finding &finding);
    void record(Keychain keychain, const QString &name, const Secret &key,
        std::function<void()> noted = {});
    void refuse();
    void settle(std::optional<StoreError> trouble);
    void tell(std::optional<StoreError> trouble);
    [[nodiscard]] Keychains relevant() const;
    [[nodiscard]] Keychains startable() const;
    [[nodiscard]] Keychain used(const KeychainWatch::Finding &finding) const;
    void noteJob();

    Where m_where;
    std::unique_ptr<KeychainItem> m_item;
    std::unique_ptr<KeychainWatch> m_watch;
    Deadline m_deadline;

    Secret m_key;
    std::optional<StoreError> m_trouble;
    std::optional<KeyPlace> m_place;

    Stage m_stage = Stage::Idle;
    //! Somebody waits for the key, and whether one may be made.
    bool m_isWanted = false;
    bool m_mayMake = false;
    //! Another look is due when what is under way has come to its end.
    bool m_isStale = false;

    //! Somebody asked for what is under way; nobody did where a keychain only changed.
    bool m_isDeliberate = false;
    //! One more question is allowed; one is under way; the last one was answered with no.
    bool m_hasQuestion = true;
    bool m_isAsking = false;
    bool m_wasRefused = false;
    bool m_hasUnlocked = false;
    //! The place that is to hold the key was open when last seen.
    std::optional<bool> m_wasOpen;

    KeychainWatch::Finding m_finding;
    //! The place that is being read.
    QString m_readName;
    //! What was written and must come back.
    Secret m_made;
    //! What QtKeychain uses in this program, once it has had a job.
    std::optional<Keychain> m_chosen;
    int m_misses = 0;
};

} // namespace latchkey
