// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methods/methodcontext.h"
#include "agent/methods/signincall.h"

#include <QHash>

namespace latchkey {

//! The methods by which a program signs in: `session.signIn`, `session.submitCode`,
//! `session.trust`. Owned by Methods.
class SignInMethods {
public:
    explicit SignInMethods(MethodContext &context)
        : m_context(context)
    {
    }

    void signIn(MethodCall call);
    void submitCode(MethodCall call);
    void trust(MethodCall call);

private:
    struct Request {
        Account account;
        Credentials credentials;
        Secret code;
        Instant deadline;
    };
    //! Finds out the kind where nobody has said it and the account is not known.
    void chooseKind(const MethodCall &call, const Request &request);
    void takeFromKnown(Account &account) const;
    void signInTo(const MethodCall &call, Request request, const Kind &kind);
    //! \a given is what a person has allowed already.
    void begin(
        const MethodCall &call, const Request &request, const std::optional<Permission> &given);
    [[nodiscard]] std::optional<Permission> needed(
        const Account &account, const MethodCall::Caller &caller) const;
    [[nodiscard]] Permission::Login loginOf(const Account &account) const;
    void decideTrust(const MethodCall &call, Session &session, const Fingerprint &fingerprint,
        const Instant &deadline, const std::optional<Permission> &given);
    [[nodiscard]] std::optional<RpcError> whyNot(
        const Account &account, const MethodCall::Caller &caller);
    void forgetBegun();
    //! The wait for the sign-in that is now the latest of that name.
    [[nodiscard]] SignInWait waitFor(
        const QString &name, const Instant &deadline, const Secret &code = {}) const;

    MethodContext &m_context;
    //! By session: how many sign-ins programs have begun.
    QHash<QString, int> m_begun;
};

} // namespace latchkey
