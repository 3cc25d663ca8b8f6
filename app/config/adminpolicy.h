// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "config/hostpattern.h"
#include "config/settingvalues.h"
#include "session/account.h"
#include "wire/oauth/kind.h"

#include <QList>

#include <optional>

namespace latchkey {

//! What the administrator of a machine has decided for everybody who uses Latchkey on it
//! (docs/administration.md).
struct AdminPolicy {
    //! Those that nobody else can change.
    SettingValues settings;
    //! Where people may sign in; anywhere if there is no list, nowhere if it is empty.
    std::optional<QList<HostPattern>> appliances;
    std::optional<QStringList> kinds;
    //! Sessions that everybody has, for which a person enters the password. `{user}` in a user name
    //! stands for the person's own name on this machine.
    QList<Account> accounts;

    //! From the text that stands at \a source. The error names the first member that is wrong.
    [[nodiscard]] static Result<AdminPolicy, KindProblem> fromJson(
        const QByteArray &json, const QString &source);

    //! Why nobody may be signed in there, or trust that pin. An account whose kind is not known yet
    //! is not refused because of that; \a isOwnKind: its kind is a file of the person's.
    [[nodiscard]] std::optional<AccountProblem> whyNot(
        const Account &account, bool isOwnKind = false) const;
    //! That of an account at the same host and port; one without a port counts for all ports of its
    //! host that have none of their own. Empty where there is none.
    [[nodiscard]] Fingerprint pinFor(const QUrl &server) const;
    [[nodiscard]] QList<Account> accountsOf(const QString &person) const;

    friend bool operator==(const AdminPolicy &, const AdminPolicy &) = default;
};

} // namespace latchkey
