// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/secretstore.h"

#include <memory>

namespace latchkey {

//! Makes each new token set durable: writes it, reads it back and compares, because stores have
//! been seen to truncate and to lie. What a record holds is the session's business.
//!
//! restore(), record() and forget() return at once and each is answered by exactly one signal,
//! unless a later call takes its place.
class RotationJournal : public QObject {
    Q_OBJECT
public:
    explicit RotationJournal(std::unique_ptr<SecretStore> store, QObject *parent = nullptr);

    //! restored() or failed().
    void restore();
    //! recorded() or failed().
    void record(const Secret &record);
    //! forgotten() or failed().
    void forget();

    [[nodiscard]] bool isDurable() const { return m_store->isDurable(); }

Q_SIGNALS:
    //! Empty when there is nothing to restore.
    void restored(const latchkey::Secret &record);
    void recorded();
    void forgotten();
    void failed(latchkey::StoreError error);

private:
    void onLoaded(const Secret &secret);

    std::unique_ptr<SecretStore> m_store;
    //! What was written and must come back; empty while restoring.
    Secret m_written;
};

} // namespace latchkey
