// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! The part of Session that changes what is sealed of its account: name, policy and pin.

#include "base/logging.h"
#include "session/session.h"

#include <QScopedValueRollback>

namespace latchkey {

void Session::changePolicy(HandOutPolicy::Value policy, bool isLeast)
{
    if (m_vault.isUnread())
        m_changes.notePolicy(m_account, policy, isLeast);
    const auto next = isLeast ? std::max(policy, m_account.policy) : policy;
    if (std::exchange(m_account.policy, next) == next)
        return;
    changeTerms();
    tellChange();
}

//! The administrator's policy knows a preset by its name.
bool Session::canBeRenamed() const
{
    return !m_account.isPreset && phase() != Phase::SigningIn && phase() != Phase::CodeNeeded
        && phase() != Phase::TrustNeeded && !m_signInNext && !m_vault.isUnread();
}

void Session::rename(const QString &name)
{
    m_account.keptAs = m_account.place();
    const QString before = std::exchange(m_account.name, name);
    Q_EMIT renamed(before);
    changeTerms();
    tellChange();
}

void Session::pin(const Fingerprint &fingerprint)
{
    if (!mayTrust(fingerprint))
        return;
    m_changes.notePin(m_account, fingerprint);
    m_account.pin = fingerprint;
    changeTerms();
}

void Session::setFixedPin(const Fingerprint &fingerprint)
{
    if (m_fixedPin == fingerprint)
        return;
    const auto *signingIn = std::get_if<state::SigningIn>(&m_state);
    const Fingerprint sentUnder = pinFor(signingIn ? signingIn->attempt.pin : Fingerprint());
    m_fixedPin = fingerprint;
    if (!mayTrust(m_account.pin))
        pin(fingerprint);
    if (m_signInNext && !mayTrust(m_signInNext->pin))
        m_signInNext->pin = {};
    if (phase() == Phase::SigningIn && !mayTrust(sentUnder))
        apply(event::Cancel{});
    trust(fingerprint); // where it waits for that
    tellChange();
}

//! Any program of the user's can change the list of accounts. So name, policy and pin are sealed as
//! well, if the vault keeps a record for the next start.
void Session::changeTerms()
{
    const QScopedValueRollback isApplying(m_isApplying, true);
    changeAccount();
    if (m_vault.isUnread())
        return; // applied to the sealed terms once the record can be read
    m_changes = {};
    if (m_vault.isKept() || m_vault.isWriting() || m_vault.trouble())
        seal();
}

//! Not the pin: nobody could sign in here, so it is the administrator's, for another appliance.
void Session::handChangesTo(Session &other) const
{
    if (m_changes.policy)
        other.changePolicy(*m_changes.policy, m_changes.isPolicyLeast);
}

//! The sealed terms take precedence, because any program of the user's can change the list of
//! accounts. What was changed here since the start is then applied on top.
void Session::adoptTerms(const Account &sealed)
{
    const TermChanges changes = std::exchange(m_changes, {});
    const Account listed = changes.listed.value_or(m_account);
    const Account terms = changes.appliedTo(sealed);
    m_account.policy = terms.policy;
    m_account.pin = mayTrust(terms.pin) ? terms.pin : m_fixedPin;
    const bool isPinDecided = !m_fixedPin.isEmpty() && listed.pin == m_fixedPin;
    if (listed.policy != sealed.policy || (listed.pin != sealed.pin && !isPinDecided))
        noteEdited();
}

void Session::noteEdited()
{
    qCWarning(sessionLog).noquote()
        << m_account.name << "stood otherwise in the list of accounts than it is sealed";
    m_history.add({m_deadlines.now().wall, phase(), Cause::AccountEdited});
    changeAccount();
}

} // namespace latchkey
