// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/tokenclient.h"

#include <QString>

#include <optional>

namespace latchkey {

struct Account;

//! Who the appliance says is signed in, in its own words.
struct Identity {
    QString userId;
    QString userName;
    QString role;
    QString userType;
    //! The reply said so, or a code was asked for at sign-in; the reply to a code may say no.
    bool secondFactor = false;
    bool shortLived = false;
    //! Nothing if the appliance does not tell.
    std::optional<bool> latestNewsShown;

    friend bool operator==(const Identity &, const Identity &) = default;
};

//! Access token and refresh token with their ends, from one reply. Ends count from the moment
//! the request was sent.
struct TokenSet {
    Secret accessToken;
    //! Empty if the appliance gave none; then the session cannot be refreshed.
    Secret refreshToken;
    QString tokenType;
    Instant grantedAt;
    Instant accessEnd;
    //! Nothing if the refresh token does not say.
    std::optional<Instant> refreshEnd;
    Identity identity;
    //! The appliance's clock minus ours.
    std::optional<std::chrono::seconds> clockOffset;
    //! What the appliance says of the tokens, by its clock. Only shown: `accessEnd` counts.
    std::optional<WallTime> issued;
    std::optional<WallTime> expires;
    //! For the next request.
    RequestContext context = {};
    //! The refresh token was sent and no usable answer came, so the appliance may have replaced it.
    bool isRenewalInDoubt = false;

    [[nodiscard]] Milliseconds accessLife() const { return accessEnd.steady - grantedAt.steady; }
    [[nodiscard]] bool hasGoodAccess(const Instant &now) const
    {
        return remaining(accessEnd, now) > Milliseconds::zero();
    }

    //! \a other was granted later than this one, with another refresh token.
    [[nodiscard]] bool isSucceededBy(const TokenSet &other) const
    {
        return !other.refreshToken.isEmpty() && other.refreshToken != refreshToken
            && other.grantedAt.steady > grantedAt.steady;
    }

    //! From the reply to a sign-in.
    [[nodiscard]] static TokenSet from(const Granted &granted, bool codeWasAsked);
    //! From the reply to a refresh. What the reply leaves out is taken from \a before (RFC 6749
    //! §6).
    [[nodiscard]] static TokenSet from(const Granted &granted, const TokenSet &before);

    //! For the vault: JSON with the whole set, its ends on the wall clock, and the account's
    //! identity, policy and pin.
    [[nodiscard]] Secret toRecord(const Account &account, const Instant &now) const;
    //! Nothing if the record is malformed or belongs to another account.
    [[nodiscard]] static std::optional<TokenSet> fromRecord(
        const Secret &record, const Account &account, const Instant &now);
    //! \a account with the appliance, user, kind, policy and pin that the record holds. Fields that
    //! the record lacks, as records of earlier versions do, stay as they are.
    [[nodiscard]] static Account sealedAccount(const Secret &record, Account account);
};

} // namespace latchkey
