// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "session/vaultstate.h"
#include "vault/secretstore.h"

#include <memory>

namespace latchkey {

//! Keeps a session's place in the vault in step with what the session holds. Repeats what failed,
//! and carries out only the newest wish.
//!
//! read(), write() and erase() return at once. A read is answered by loaded() or, each time it was
//! tried, by failed(), unless another wish has replaced it. changed() follows whenever the answer
//! to one of the questions below has changed.
class VaultSync : public QObject {
    Q_OBJECT
public:
    VaultSync(
        std::unique_ptr<SecretStore> store, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~VaultSync() override;

    void read() { apply(VaultWish(wish::Read{})); }
    void write(const Secret &record) { apply(VaultWish(wish::Write{record})); }
    void erase() { apply(VaultWish(wish::Erase{})); }
    //! Gives up a read that is under way or will be repeated.
    void stopReading();
    //! Leaves the place to another session: what the store has begun is finished, and this object
    //! does nothing more.
    void leave();

    [[nodiscard]] const VaultState &state() const { return m_state; }
    //! The store is working: it will answer soon, or fail.
    [[nodiscard]] bool isBusy() const;
    //! The session's tokens are to be written, and the store is working on it.
    [[nodiscard]] bool isWriting() const;
    //! The record is to be erased, and that is not done yet.
    [[nodiscard]] bool isErasing() const;
    //! The vault may hold a record that nobody has read yet.
    [[nodiscard]] bool isUnread() const;
    //! The vault may hold a record that is not the newest.
    [[nodiscard]] bool isBehind() const;
    //! What was read or written last is in the vault, and outlives the program.
    [[nodiscard]] bool isKept() const;
    [[nodiscard]] std::optional<VaultTrouble> trouble() const { return troubleOf(m_state); }

Q_SIGNALS:
    //! \a record is empty if the vault holds nothing.
    void loaded(const latchkey::Secret &record);
    void failed(latchkey::StoreError error);
    void changed();

private:
    void apply(const VaultEvent &event);
    bool advance(const VaultEvent &event);
    [[nodiscard]] bool isReadingForSomebody() const;
    void begin(const VaultWish &wish);
    void onLoaded(const Secret &record);
    void onFailed(StoreError error);
    //! The present wish, begun or not; Nothing if all is done.
    [[nodiscard]] VaultWish wanted() const;

    std::unique_ptr<SecretStore> m_store;
    DeadlineQueue &m_deadlines;
    Deadline m_retry;
    VaultState m_state;
    //! What the store is working on.
    VaultWish m_work;
    //! What the vault holds, whatever is wanted.
    enum class Content { None, Known, Unknown } m_content = Content::None;
};

} // namespace latchkey
