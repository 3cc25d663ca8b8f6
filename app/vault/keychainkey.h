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

//! The vault key as one item of the OS keychain. It is written once, read once per run of the
//! program, and then kept here in locked memory, whatever becomes of the keychain.
//!
//! A person is asked one question per program start. One more is allowed each time the person does
//! something that needs the key (allowPrompt()), or opens the place that holds it. In between, this
//! class only watches the keychains, and tries again by itself when something has changed. It does
//! not ask to unlock a database that has just appeared: whoever opened it is about to type its
//! password.
//!
//! QtKeychain chooses between KWallet and the Secret Service once per program, at its first job,
//! and does not say which: KWallet on KDE if that answers within half a second, otherwise the
//! Secret Service. So QtKeychain is given no job before the keychain that holds the key answers.
class KeychainKey final : public VaultKey {
    Q_OBJECT
public:
    //! How long a question may stay open before Slow is reported.
    static constexpr Milliseconds patience = std::chrono::seconds(5);

    struct Where {
        //! The item's name, as QtKeychain files it.
        QString service;
        QString key;
        //! The keychain that QtKeychain chooses on this desktop if all of them answer in time.
        Keychain preferred = Keychain::SecretService;
        //! The path of `vault.json`.
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

    //! Where the key is kept, if that is known.
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
    //! m_isWanted: somebody waits for the key. m_mayMake: a new one may be made.
    bool m_isWanted = false;
    bool m_mayMake = false;
    //! Look again once the present step has finished.
    bool m_isStale = false;

    //! Somebody asked for the present attempt; false if it began because a keychain changed.
    bool m_isDeliberate = false;
    //! m_hasQuestion: one more question is allowed. m_isAsking: one is under way. m_wasRefused: the
    //! last one was answered with no.
    bool m_hasQuestion = true;
    bool m_isAsking = false;
    bool m_wasRefused = false;
    bool m_hasUnlocked = false;
    //! Whether the place that is to hold the key was open when last seen.
    std::optional<bool> m_wasOpen;

    KeychainWatch::Finding m_finding;
    //! The name of the place that is being read.
    QString m_readName;
    //! It was asked for in a wallet that was closed.
    bool m_isReadClosed = false;
    //! The new key, which must be read back unchanged.
    Secret m_made;
    //! The keychain that QtKeychain uses in this program, once it has had a job.
    std::optional<Keychain> m_chosen;
    int m_misses = 0;
};

} // namespace latchkey
