// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/accountrules.h"

namespace latchkey {

namespace {

//! Whoever sets it otherwise signs in under another name, and that is all.
QString loginName()
{
    return qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME"));
}

} // namespace

AccountRules::AccountRules(const Administration &administration, const Kinds &kinds,
    SessionModel &sessions, AccessGate &gate, QObject *parent)
    : QObject(parent)
    , m_administration(administration)
    , m_kinds(kinds)
    , m_sessions(sessions)
{
    const auto rule = [this](const Account &account) {
        return whyNot(account);
    };
    sessions.setRule(rule);
    gate.setRule(rule);
    sessions.setPins([this](const Account &account) {
        return m_administration.policy().pinFor(account.server);
    });
    connect(&kinds, &Kinds::changed, this, &AccountRules::apply);
    // A program may hold a token of a session that is forbidden now.
    connect(&kinds, &Kinds::changed, &gate, &AccessGate::changed);
    connect(&administration, &Administration::changed, &gate, &AccessGate::changed);
}

std::optional<AccountProblem> AccountRules::whyNot(const Account &account) const
{
    const auto kind = m_kinds.find(account.kind);
    return m_administration.whyNot(account, kind && kind->isOwn());
}

void AccountRules::apply()
{
    m_sessions.applyRules();
    if (m_hasAccounts)
        m_sessions.setPresets(presets());
}

//! At the address under which a sign-in finds them.
QList<Account> AccountRules::presets() const
{
    QList<Account> presets = m_administration.policy().accountsOf(loginName());
    for (Account &preset : presets) {
        if (const auto kind = m_kinds.find(preset.kind))
            preset.server = kind->serverFrom(preset.server);
    }
    return presets;
}

} // namespace latchkey
