// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"
#include "config/administration.h"
#include "session/sessionmodel.h"
#include "wire/oauth/kinds.h"

#include <QObject>

namespace latchkey {

//! What the administrator and the kind files decide about accounts: who may be signed in where,
//! under which certificate, and which sessions everybody has. Holds sessions and tokens to it.
//! Owned by Service.
class AccountRules final : public QObject {
    Q_OBJECT
public:
    //! All outlive it. It follows the kinds by itself; after a change of the policy, its owner
    //! calls apply().
    AccountRules(const Administration &administration, const Kinds &kinds, SessionModel &sessions,
        AccessGate &gate, QObject *parent = nullptr);

    //! The accounts are loaded, so from the next apply() on the administrator's sessions are made.
    void letPresetsIn() { m_hasAccounts = true; }
    void apply();

private:
    [[nodiscard]] QList<Account> presets() const;

    const Administration &m_administration;
    const Kinds &m_kinds;
    SessionModel &m_sessions;
    bool m_hasAccounts = false;
};

} // namespace latchkey
