// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "wire/oauth/replyerror.h"

#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace latchkey {

//! What a person or a program gives to be signed in.
struct Credentials {
    Credentials(
        const Secret &typed, const Secret &ofTheClient = {}) // NOLINT(google-explicit-constructor)
        : password(typed)
        , clientSecret(ofTheClient)
    {
    }
    Secret password;
    //! RFC 6749 §2.3.1; empty where the client has none.
    Secret clientSecret;
};

//! What an appliance expects in the requests of a session, besides a token.
struct RequestContext {
    //! The version of its API that it took last; empty for kinds without versions.
    QString apiVersion = {};
    //! As in the header `Cookie`.
    Secret cookies = {};
    //! Sent as HTTP Basic, with the account's client id.
    Secret clientSecret = {};
    //! Kind::digest at the sign-in.
    QByteArray kindDigest = {};
};

//! What one exchange with the token endpoint sends (docs/protocol.md §3). The kind names the
//! fields.
struct PasswordGrant {
    QString user;
    Secret password;
    bool shortLived = false;
    Secret clientSecret = {};
};
struct MfaGrant {
    Secret ticket;
    Secret code;
};
struct RefreshGrant {
    Secret refreshToken;
};
using Grant = std::variant<PasswordGrant, MfaGrant, RefreshGrant>;

//! Some may be empty.
[[nodiscard]] QList<Secret> secretsOf(const Grant &grant);

[[nodiscard]] inline GrantType typeOf(const Grant &grant)
{
    static constexpr GrantType types[] = {GrantType::Password, GrantType::Mfa, GrantType::Refresh};
    return types[grant.index()];
}

//! Tells an appliance that its tokens are no longer wanted.
struct Farewell {
    Secret accessToken; //!< still good
    Secret refreshToken; //!< empty where there is none
};
struct Kind;

//! A request's body, and its `Content-Type`.
struct RequestBody {
    QByteArray bytes;
    QByteArray contentType;
};

//! The body in which the kind wants a grant, as \a version of its API spells it. \a clientId goes
//! along if it is not empty.
[[nodiscard]] RequestBody bodyOf(
    const Grant &grant, const Kind &kind, const QString &version, const QString &clientId = {});

//! The form of a sign-out, which may have no fields. Nothing if the kind wants a token that is not
//! there: an empty one would be confirmed, and end nothing.
[[nodiscard]] std::optional<QByteArray> logoutForm(
    const Farewell &farewell, const Kind &kind, const QString &clientId);

inline const QByteArray formType = "application/x-www-form-urlencoded";
//! A body of `formType`. Each value is percent-encoded by itself, because QUrlQuery
//! leaves `+` as it is, and that would be read as a blank.
[[nodiscard]] QByteArray formOf(const QList<std::pair<QByteArray, QByteArray>> &fields);

} // namespace latchkey
