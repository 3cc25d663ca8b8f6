// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/pendingcall.h"

#include <QUrl>

#include <functional>

namespace latchkey {

//! What a program wants of a token.
struct TokenRequest {
    //! How long it must live on. Nothing: a minute, or half the token's life where the appliance
    //! gives shorter ones.
    std::optional<Milliseconds> minValid;
    //! A good token that lives on for less is better than none.
    bool orBest = false;
    Instant deadline;
    //! The proxy that a server is reached through; empty where there is none. Not set for who does
    //! not ask for it.
    std::function<QString(const QUrl &server)> proxyFor = {};
    //! Why the session may not be renewed for it now; nothing where it may.
    std::function<std::optional<RpcError>(const Session &)> whyNotRenew = {};
};

//! For how much longer the token is as good as \a request wants it.
[[nodiscard]] Milliseconds goodFor(
    const TokenSet &tokens, const TokenRequest &request, const Instant &now);

//! Judges whether \a request can be fulfilled: at once from a good token, whatever else hangs; by
//! one refresh that all who wait share; or, with the reason, not before the deadline.
[[nodiscard]] PendingCall::Condition tokenCondition(const TokenRequest &request);

//! What there is at the deadline, if it is enough: a token that came just now is on hold for a
//! moment.
[[nodiscard]] PendingCall::LastWord tokenLastWord(const TokenRequest &request);

//! Adds the best token there is to \a error, if the request allows and one is good.
[[nodiscard]] RpcError withBest(
    RpcError error, const TokenRequest &request, const Session &session);

} // namespace latchkey
