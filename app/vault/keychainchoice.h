// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychain.h"

#include <QHash>
#include <QObject>

namespace latchkey {

//! Which keychain holds what, and which one QtKeychain uses. It chooses once a program, at its
//! first job, and says nothing: KWallet on KDE if that answers within half a second, else the
//! Secret Service, where an item that rests in KWallet is simply missing (QtKeychain 0.13,
//! keychain_unix.cpp). So whoever holds an account's item is remembered, and waited for.
//!
//! Shared by all stores of a program. An item's key is its account's name, or that and a slash
//! and more.
class KeychainChoice : public QObject {
    Q_OBJECT
public:
    //! \a preferred is what QtKeychain takes where all answer in time.
    explicit KeychainChoice(Keychain preferred, QObject *parent = nullptr);

    //! From an earlier run. All accounts are to be told before the first store works.
    void remember(const QString &account, Keychain holder);
    //! The account is gone; a new one of its name is another.
    void forget(const QString &account) { m_holders.remove(account); }
    //! A new item was taken by the keychain in use: the old one's is not waited for any more.
    void noteWritten(const QString &key);
    [[nodiscard]] std::optional<Keychain> holderOf(const QString &key) const;

    //! Those that must answer before a job that reads or erases \a key may start.
    [[nodiscard]] Keychains awaited(const QString &key) const;
    //! The same for one that writes: only what QtKeychain can choose is worth waiting for.
    [[nodiscard]] Keychains awaitedToWrite(const QString &key) const;

    //! What QtKeychain uses in this program, as far as it is known.
    [[nodiscard]] const std::optional<Keychain> &chosen() const { return m_chosen; }
    //! That, or what it is going to use.
    [[nodiscard]] Keychain expected() const { return m_chosen.value_or(m_preferred); }

    //! A job starts while these answer: the first one makes QtKeychain choose.
    void noteJob(Keychains answering);
    //! QtKeychain brought an item that these say they hold; found() follows if that tells where
    //! it rests.
    void noteFound(const QString &key, Keychains holders);
    //! QtKeychain did not find an item that these say they hold: so it uses none of them.
    void noteMissing(Keychains holders);

Q_SIGNALS:
    void found(const QString &account, latchkey::Keychain holder);

private:
    Keychain m_preferred;
    std::optional<Keychain> m_chosen;
    bool m_hasChosen = false;
    QHash<QString, Keychain> m_holders;
};

} // namespace latchkey
