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

//! What the token endpoint said, member by member (docs/protocol.md §4). A member that is absent,
//! null or of another type is empty here; others are ignored. A date before 1970 or after 9999
//! counts as none.
struct TokenReply {
    Secret accessToken;
    Secret refreshToken;
    //! The ticket of a second factor. If there is no access token, a code is wanted with it.
    Secret mfaToken;
    //! As the appliance spells it; `bearer` when it does not say.
    QString tokenType;
    //! Nothing when it is missing, unreadable or not above 0.
    std::optional<std::chrono::seconds> expiresIn;
    //! By the appliance's clock. Of a fraction with 7 digits the first 3 count.
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
    //! What the access token's JWT says of its user; for replies that do not tell.
    QString claimedUser;
    QString claimedRole;
    //! What the kind says of tokens that do not tell their life.
    std::optional<std::chrono::seconds> usualAccessLife;
    std::optional<std::chrono::seconds> usualRefreshLife;

    [[nodiscard]] bool hasAccess() const { return !accessToken.isEmpty(); }
    [[nodiscard]] bool needsCode() const { return !hasAccess() && !mfaToken.isEmpty(); }
    //! The user belongs to an identity provider and cannot sign in with a password.
    [[nodiscard]] bool needsSingleSignOn() const
    {
        return !hasAccess() && !needsCode() && !redirectTo.isEmpty();
    }

    //! How long the access token lives: `expires_in`, else the JWT's own life, else what is usual
    //! for the kind, else an hour.
    [[nodiscard]] std::chrono::seconds accessLife() const;
    //! How long the refresh token lives, by its own JWT, else as usual for the kind; nothing when
    //! neither says.
    [[nodiscard]] std::optional<std::chrono::seconds> refreshLife() const;

    //! The error says, for the log, why this is no reply. It never holds a value of the reply.
    [[nodiscard]] static Result<TokenReply, QString> fromJson(
        const QByteArray &json, const Kind &kind);
};

} // namespace latchkey
