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
    const auto rule = [&administration, &kinds](const Account &account) {
        const auto kind = kinds.find(account.kind);
        return administration.whyNot(account, kind && kind->isOwn());
    };
    sessions.setRule(rule);
    gate.setRule(rule);
    sessions.setPins([&administration](const Account &account) {
        return administration.policy().pinFor(account.server);
    });
    connect(&kinds, &Kinds::changed, this, &AccountRules::apply);
    // A program may hold a token of a session that is forbidden now.
    connect(&kinds, &Kinds::changed, &gate, &AccessGate::changed);
    connect(&administration, &Administration::changed, &gate, &AccessGate::changed);
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
