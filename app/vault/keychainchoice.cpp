// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainchoice.h"

namespace latchkey {

namespace {

QString accountOf(const QString &key)
{
    return key.section(u'/', 0, 0);
}

} // namespace

KeychainChoice::KeychainChoice(Keychain preferred, QObject *parent)
    : QObject(parent)
    , m_preferred(preferred)
{
}

void KeychainChoice::remember(const QString &account, Keychain holder)
{
    m_holders.insert(account, holder);
}

std::optional<Keychain> KeychainChoice::holderOf(const QString &key) const
{
    const auto holder = m_holders.constFind(accountOf(key));
    return holder != m_holders.constEnd() ? std::optional(*holder) : std::nullopt;
}

//! Before QtKeychain has chosen, the preferred one is waited for on behalf of everybody: another
//! account's job would make it choose wrong.
Keychains KeychainChoice::awaited(const QString &key) const
{
    Keychains keychains;
    if (const auto holder = holderOf(key))
        keychains |= *holder;
    const bool isHolder = m_holders.values().contains(m_preferred);
    if (!m_hasChosen && isHolder && m_preferred == Keychain::KWallet)
        keychains |= m_preferred;
    return keychains;
}

Keychains KeychainChoice::awaitedToWrite(const QString &key) const
{
    return awaited(key) & m_preferred;
}

void KeychainChoice::noteJob(Keychains answering)
{
    if (std::exchange(m_hasChosen, true))
        return;
    // KWallet does not answer now, but a job starts it, and it may yet be in time.
    if (m_preferred == Keychain::SecretService || answering.testFlag(m_preferred))
        m_chosen = m_preferred;
}

void KeychainChoice::noteFound(const QString &key, Keychains holders)
{
    const bool isOnlyOne = holders == Keychain::SecretService || holders == Keychain::KWallet;
    if (isOnlyOne)
        m_chosen =
            holders.testFlag(Keychain::KWallet) ? Keychain::KWallet : Keychain::SecretService;
    if (!m_chosen)
        return;
    remember(accountOf(key), *m_chosen);
    Q_EMIT found(accountOf(key), *m_chosen);
}

void KeychainChoice::noteWritten(const QString &key)
{
    const auto holder = holderOf(key);
    if (holder && *holder != expected())
        forget(accountOf(key));
}

void KeychainChoice::noteMissing(Keychains holders)
{
    if (holders == Keychain::KWallet)
        m_chosen = Keychain::SecretService;
    else if (holders == Keychain::SecretService)
        m_chosen = Keychain::KWallet;
}

} // namespace latchkey
