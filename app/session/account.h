// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "session/handoutpolicy.h"
#include "wire/http/certificate.h"

#include <QString>
#include <QUrl>

#include <functional>
#include <optional>

namespace latchkey {

//! Why an account could not be made: one value for each thing that a person can correct.
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
    ClientTooLong, //!< more than 256 characters in the client's id
    NameTaken, //!< by another account, of another appliance or user
    Disputed, //!< the tokens kept under this name may belong to another appliance or user
    Busy, //!< a sign-in, a question or a read of the vault is under way, so the name has to stay
    TooMany, //!< the limit of sessions is reached
    // By the administrator's policy.
    ApplianceNotAllowed,
    KindNotAllowed,
    PinFixed, //!< it says which certificate the appliance has, and this is another one
    PolicyUnknown, //!< it cannot be read, so nobody knows what it allows
};

//! Whether that host is this machine itself.
[[nodiscard]] bool isLoopback(const QString &host);

//! Appliance, user and kind under a short unique name that people and scripts use. Immutable except
//! for what is learnt or chosen later. Never holds a secret.
struct Account {
    QString name;
    //! Base URL without a trailing slash, query or fragment.
    QUrl server;
    QString user;
    QString kind;
    //! RFC 6749 §2.2; empty for appliances whose kind wants none.
    QString clientId = {};
    //! If true, the appliance is asked for a refresh token that ends soon.
    bool shortLived = false;
    //! If false, nothing is kept in the vault.
    bool keepSignedIn = true;
    //! A person signed out. Tokens that the vault could not erase at the time are not used again.
    bool isSignedOut = false;
    //! The account has no session any more. Its policy and its pin still apply when somebody signs
    //! in under the name again.
    bool isForgotten = false;
    //! The administrator has set it up, and nobody was ever signed in to it. Not in the list on
    //! disk.
    bool isPreset = false;
    //! The certificate that was accepted for this appliance. If it is set, no other certificate is
    //! trusted; if it is empty, the system's trust decides.
    Fingerprint pin;
    HandOutPolicy::Value policy = HandOutPolicy::Allow;
    //! What its files are called after where that is not the name: the first name of an account
    //! that was renamed. It never changes, so that a rename moves no file.
    QString keptAs = {};

    //! `host`, `host/` and `HTTPS://host` all mean `https://host`.
    [[nodiscard]] static Result<QUrl, AccountProblem> serverFrom(const QString &text);
    //! A name without surrounding white space.
    [[nodiscard]] static Result<QString, AccountProblem> nameFrom(const QString &text);
    //! The user name without surrounding white space.
    [[nodiscard]] static Result<QString, AccountProblem> userFrom(const QString &text);
    //! Validates name, server, user and the form of the kind's id, which need not exist; copies the
    //! rest from \a draft.
    [[nodiscard]] static Result<Account, AccountProblem> make(
        const Account &draft, const QString &serverText);

    //! After what its files are called; no two sessions have the same.
    [[nodiscard]] QString place() const { return keptAs.isEmpty() ? name : keptAs; }
    [[nodiscard]] bool isSameUser(const Account &other) const;
    //! The server is a loopback address, which needs no network.
    [[nodiscard]] bool isOnThisMachine() const;
    friend bool operator==(const Account &, const Account &) = default;
};

//! Tells why nobody may be signed in to an account; nothing where somebody may.
using AccountRule = std::function<std::optional<AccountProblem>(const Account &)>;
//! Tells which certificate alone counts for an account's appliance; empty where a person decides.
using PinRule = std::function<Fingerprint(const Account &)>;

} // namespace latchkey
