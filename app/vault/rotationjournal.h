// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/secretstore.h"
#include "vault/slot.h"

#include <array>
#include <memory>
#include <variant>

namespace latchkey {

//! Makes each new token set durable. There are two slots, each a store of its own: a record goes
//! into the one that is not current, is read back and compared, because stores have been seen to
//! truncate and to lie, and is current from then on; only then is the other one emptied. A crash
//! at any instant leaves a whole record: the newest one that was written. What a record holds is
//! the session's business.
//!
//! restore(), record() and forget() return at once and each is answered by exactly one signal.
//! What the store works on comes to its end first; of the calls made meanwhile only the last
//! one counts, and only that one is answered.
class RotationJournal : public QObject {
    Q_OBJECT
public:
    RotationJournal(std::unique_ptr<SecretStore> first, std::unique_ptr<SecretStore> second,
        QObject *parent = nullptr);

    //! restored() or failed().
    void restore();
    //! recorded() or failed().
    void record(const Secret &record);
    //! forgotten() or failed().
    void forget();

    [[nodiscard]] bool isDurable() const { return m_stores[0]->isDurable(); }

Q_SIGNALS:
    //! Empty when there is nothing to restore.
    void restored(const latchkey::Secret &record);
    void recorded();
    void forgotten();
    void failed(latchkey::StoreError error);

private:
    struct Restore { };
    struct Record {
        Secret record;
    };
    struct Forget { };
    using Wish = std::variant<std::monostate, Restore, Record, Forget>;
    //! What the stores work on.
    enum class Stage { Idle, Reading, Writing, ReadingBack, ForgettingOld, Forgetting };
    using Index = std::size_t;

    void want(const Wish &wish);
    void begin();
    void read(Index slot);
    void write();
    void forgetOld();
    void end();
    void onLoaded(Index slot, const Secret &stored);
    void onRead();
    void onReadBack(const Secret &stored);
    void onErased(Index slot);
    void onFailed(StoreError error);
    [[nodiscard]] Index other() const { return 1 - m_current; }
    //! Nothing newer is wanted than what was just done.
    [[nodiscard]] bool isAnswered() const { return std::holds_alternative<std::monostate>(m_wish); }

    std::array<std::unique_ptr<SecretStore>, 2> m_stores;
    Stage m_stage = Stage::Idle;
    //! What is to be done next.
    Wish m_wish;
    //! What the slots hold is known.
    bool m_isRead = false;
    std::array<std::optional<Slot>, 2> m_slots;
    std::array<bool, 2> m_isEmpty = {};
    //! The slot that holds the newest whole record, and how new that is.
    Index m_current = 1;
    quint64 m_generation = 0;
    //! What was written and must come back.
    Secret m_written;
};

} // namespace latchkey
