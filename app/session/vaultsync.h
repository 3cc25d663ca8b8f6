// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "session/vaultstate.h"
#include "vault/secretstore.h"

#include <memory>

namespace latchkey {

//! Keeps what a session holds in step with its place in the vault: tries again what failed, and
//! has only the newest wish carried out.
//!
//! read(), write() and erase() return at once. A read is answered by loaded() or, each time that
//! it was tried, by failed(), unless another wish has taken its place. changed() follows whatever
//! is different in what the questions below tell.
class VaultSync : public QObject {
    Q_OBJECT
public:
    VaultSync(
        std::unique_ptr<SecretStore> store, DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~VaultSync() override;

    void read() { apply(VaultWish(wish::Read{})); }
    void write(const Secret &record) { apply(VaultWish(wish::Write{record})); }
    void erase() { apply(VaultWish(wish::Erase{})); }
    //! Gives up what is being read, or is to be read again.
    void stopReading();
    //! Leaves the place to somebody else: what the store has begun comes to its end, and nothing
    //! else is done here.
    void leave();

    [[nodiscard]] const VaultState &state() const { return m_state; }
    //! The store is at work: it answers soon, or says that it will not.
    [[nodiscard]] bool isBusy() const;
    //! What is held is to be in there, and the store works on it.
    [[nodiscard]] bool isWriting() const;
    //! What is in there is to be gone, and is not yet.
    [[nodiscard]] bool isErasing() const;
    //! The vault may hold what nobody has seen yet.
    [[nodiscard]] bool isUnread() const;
    //! There may be a record in there that is not the newest.
    [[nodiscard]] bool isBehind() const;
    //! What was read or written last is in there, and outlives the program.
    [[nodiscard]] bool isKept() const;
    [[nodiscard]] std::optional<VaultTrouble> trouble() const { return troubleOf(m_state); }

Q_SIGNALS:
    //! Empty when there is nothing.
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
    //! What is wanted, begun or not; Nothing when all is done.
    [[nodiscard]] VaultWish wanted() const;

    std::unique_ptr<SecretStore> m_store;
    DeadlineQueue &m_deadlines;
    Deadline m_retry;
    VaultState m_state;
    //! What the store works on.
    VaultWish m_work;
    //! What lies there, whatever is wanted.
    enum class Content { None, Known, Unknown } m_content = Content::None;
};

} // namespace latchkey
