// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "session/history/sessionhistory.h"

#include <QMetaType>

#include <optional>

namespace latchkey {

//! All that may be said of a session at one moment, for views, scripts and logs; it holds no
//! secret. Times are UTC on the local clock as it was set at `takenAt`, but for those that are said
//! to be by the appliance's.
struct SessionSnapshot {
    Account account;
    Phase::Value phase = Phase::SignedOut;
    WallTime takenAt;
    //! Stays while another attempt is under way.
    std::optional<AuthError> reason;
    //! When it came up; as long as it stays the same, further attempts do not count.
    std::optional<WallTime> reasonAt;
    //! Nothing while nobody is signed in.
    std::optional<Identity> identity;
    //! Of the access token, whether good or lapsed.
    std::optional<WallTime> grantedAt;
    std::optional<WallTime> accessEnd;
    QString tokenType;
    //! What the appliance says of the tokens, by its clock.
    std::optional<WallTime> issued;
    std::optional<WallTime> expires;
    bool hasRefreshToken = false;
    std::optional<WallTime> refreshEnd;
    std::optional<WallTime> nextRefreshAt;
    //! The appliance's clock minus ours.
    std::optional<std::chrono::seconds> clockOffset;
    //! Token set and account are on the disk and will outlive the program.
    bool isPersisted = false;
    //! They are being written to disk; success is announced only after that.
    bool isBeingKept = false;
    //! Why they are not persisted although they should be.
    std::optional<StoreError> storeError;
    std::optional<WallTime> storeErrorAt;
    //! The certificate that waits for a decision, also while it is looked at again.
    std::optional<Certificate> certificate;
    //! The administrator has decided for `account.pin`, and nobody else can.
    bool isPinFixed = false;
    QList<SessionHistory::Entry> history;

    //! Everything that follows from the state alone.
    [[nodiscard]] static SessionSnapshot of(const SessionState &state, const Instant &now);

    [[nodiscard]] bool hasGoodAccess() const { return accessEnd && *accessEnd > takenAt; }
    friend bool operator==(const SessionSnapshot &, const SessionSnapshot &) = default;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::SessionSnapshot)
