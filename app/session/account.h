// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "session/handoutpolicy.h"
#include "wire/http/certificate.h"

#include <QString>
#include <QUrl>

namespace latchkey {

//! What stops an account from being made, one for each thing a person can mend.
enum class AccountProblem {
    ServerMissing,
    ServerInvalid, //!< no host, a user name or query in it, or not a web address at all
    ServerInsecure, //!< `http:` to anything but a loopback address
    ServerTooLong,
    UserMissing,
    UserTooLong,
    NameMissing,
    NameInvalid, //!< white space, a slash, a leading dash, or more than 64 characters
    KindUnknown,
    NameTaken, //!< by an account of another appliance or user
    Disputed, //!< what is kept under the name may be another appliance's or user's
    TooMany, //!< there are as many sessions as there may be
};

//! Appliance, user and kind under a short unique name that people and scripts use. Immutable but
//! for what is learnt or chosen later; never holds a secret.
struct Account {
    QString name;
    //! Base URL without a trailing slash, query or fragment.
    QUrl server;
    QString user;
    QString kind;
    //! Asks the appliance for a refresh token that ends soon.
    bool shortLived = false;
    //! Off: nothing is kept in the vault.
    bool keepSignedIn = true;
    //! By a person: what the vault could not forget at the time is not used again.
    bool isSignedOut = false;
    //! It has no session; but who signs in under the name again meets its pin and its policy.
    bool isForgotten = false;
    //! The certificate accepted for this appliance, and then the only one; empty when the system's
    //! trust was enough.
    Fingerprint pin;
    HandOutPolicy::Value policy = HandOutPolicy::Allow;

    //! `host` and `host/` and `HTTPS://host` all mean `https://host`.
    [[nodiscard]] static Result<QUrl, AccountProblem> serverFrom(const QString &text);
    //! Without the white space around it.
    [[nodiscard]] static Result<QString, AccountProblem> userFrom(const QString &text);
    //! Validates name, server, user and kind; takes the rest from \a draft.
    [[nodiscard]] static Result<Account, AccountProblem> make(
        const Account &draft, const QString &serverText);

    [[nodiscard]] bool isSameUser(const Account &other) const;
    //! A loopback address: reached without any network.
    [[nodiscard]] bool isOnThisMachine() const;
    friend bool operator==(const Account &, const Account &) = default;
};

} // namespace latchkey
