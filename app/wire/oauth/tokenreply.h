// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

#include <QString>

#include <optional>

namespace latchkey {

struct Kind;

//! What the token endpoint said, member by member (docs/protocol.md §4). Absent and null members
//! are empty; unknown ones are ignored; the year 0001 and 0 are no dates.
struct TokenReply {
    Secret accessToken;
    Secret refreshToken;
    //! The ticket of a second factor. With no access token beside it, a code is wanted.
    Secret mfaToken;
    //! As the appliance spells it, `bearer` when it does not say.
    QString tokenType;
    //! Nothing when missing, unreadable or not above 0.
    std::optional<std::chrono::seconds> expiresIn;
    //! In the appliance's time; 7-digit fractions are cut to milliseconds.
    std::optional<WallTime> issued;
    std::optional<WallTime> expires;
    QString userId;
    QString username;
    QString roleName;
    QString userType;
    std::optional<bool> latestNewsShown;
    std::optional<bool> mfaEnabled;
    std::optional<bool> shortLived;
    QString redirectTo;

    [[nodiscard]] bool hasAccess() const { return !accessToken.isEmpty(); }
    [[nodiscard]] bool needsCode() const { return !hasAccess() && !mfaToken.isEmpty(); }
    //! A user of an identity provider: there is no password sign-in for them.
    [[nodiscard]] bool needsSingleSignOn() const
    {
        return !hasAccess() && !needsCode() && !redirectTo.isEmpty();
    }

    //! How long the access token lives: `expires_in`, else the JWT's own life, else an hour.
    [[nodiscard]] std::chrono::seconds accessLife() const;
    //! How long the refresh token lives by its own JWT; nothing when it does not say.
    [[nodiscard]] std::optional<std::chrono::seconds> refreshLife() const;

    //! The error says, for the log and without any value, why this is no reply.
    [[nodiscard]] static Result<TokenReply, QString> fromJson(
        const QByteArray &json, const Kind &kind);
};

} // namespace latchkey
