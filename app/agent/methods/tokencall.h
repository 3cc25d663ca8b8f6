// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/pendingcall.h"
#include "wire/oauth/kind.h"

#include <QUrl>

#include <functional>

namespace latchkey {

//! What a program wants of a token.
struct TokenRequest {
    //! How long it must live on. By default a minute, or half of the token's life where that is
    //! shorter.
    std::optional<Milliseconds> minValid;
    //! Also take a good token that ends sooner, if no better one comes in time.
    bool orBest = false;
    Instant deadline;
    //! As in AgentInfo. Not set where the program does not ask for the proxy.
    std::function<QString(const QUrl &server)> proxyFor = {};
    //! The kind of the appliance; nothing while its file is missing.
    std::function<std::optional<Kind>(const Account &)> kindOf = {};
    //! Why the session may not be renewed for this program now; nothing where it may.
    std::function<std::optional<RpcError>(const Session &)> whyNotRenew = {};
};

//! For how much longer the token fulfils \a request; negative where it does not.
[[nodiscard]] Milliseconds goodFor(
    const TokenSet &tokens, const TokenRequest &request, const Instant &now);

//! Fulfils \a request: at once where there is a token that is good for long enough, whatever else
//! hangs; else by one refresh, which all who wait share. Answers with the reason as soon as it is
//! certain that no such token can come by the deadline.
[[nodiscard]] PendingCall::Condition tokenCondition(const TokenRequest &request);

//! A token that fulfils \a request, if there is one at the deadline; else why not. There may be one
//! because a new token is held back for a moment, until it is on the disk.
[[nodiscard]] PendingCall::LastWord tokenLastWord(const TokenRequest &request);

//! Adds the present token to \a error as `best`, if it is good and \a request takes it.
[[nodiscard]] RpcError withBest(
    RpcError error, const TokenRequest &request, const Session &session);

} // namespace latchkey
