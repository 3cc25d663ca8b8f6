// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/tokenclient.h"

#include <QString>

#include <optional>

namespace latchkey {

struct Account;

//! Who the appliance says we are. Its own words.
struct Identity {
    QString userId;
    QString userName;
    QString role;
    QString userType;
    //! The reply said so, or a code was asked for at sign-in: the reply after a code may say no.
    bool secondFactor = false;
    bool shortLived = false;

    friend bool operator==(const Identity &, const Identity &) = default;
};

//! Access token and refresh token with their ends, from one reply. Ends count from the moment
//! the request was sent.
struct TokenSet {
    Secret accessToken;
    //! Empty when the appliance gave none; then there is nothing to refresh with.
    Secret refreshToken;
    QString tokenType;
    Instant grantedAt;
    Instant accessEnd;
    //! Nothing when the refresh token does not tell.
    std::optional<Instant> refreshEnd;
    Identity identity;
    //! The appliance's clock minus ours.
    std::optional<std::chrono::seconds> clockOffset;
    //! The refresh token was sent and no usable answer came: the appliance may have replaced it.
    bool isRenewalInDoubt = false;

    [[nodiscard]] Milliseconds accessLife() const { return accessEnd.steady - grantedAt.steady; }
    [[nodiscard]] bool hasGoodAccess(const Instant &now) const
    {
        return remaining(accessEnd, now) > Milliseconds::zero();
    }

    //! Another Latchkey got it after this one, with another refresh token.
    [[nodiscard]] bool isSucceededBy(const TokenSet &other) const
    {
        return !other.refreshToken.isEmpty() && other.refreshToken != refreshToken
            && other.grantedAt.steady > grantedAt.steady;
    }

    //! A new sign-in's set.
    [[nodiscard]] static TokenSet from(const Granted &granted, bool codeWasAsked);
    //! A refresh's set. What the reply leaves out is taken from \a before (RFC 6749 §6).
    [[nodiscard]] static TokenSet from(const Granted &granted, const TokenSet &before);

    //! For the vault: JSON with the whole set, its ends on the wall clock, whose it is, and policy
    //! and pin of the account.
    [[nodiscard]] Secret toRecord(const Account &account, const Instant &now) const;
    //! Nothing when the record is not one, or is another account's.
    [[nodiscard]] static std::optional<TokenSet> fromRecord(
        const Secret &record, const Account &account, const Instant &now);
    //! The account with the appliance, user, kind, policy and pin that the record holds; as it is
    //! where it holds none, as those of earlier versions.
    [[nodiscard]] static Account sealedAccount(const Secret &record, Account account);
};

} // namespace latchkey
