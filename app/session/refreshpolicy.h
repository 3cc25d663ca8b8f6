// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/tokenset.h"

#include <functional>

namespace latchkey {

//! A random number in [0, 1). Injected, so that tests can choose it.
using Randomness = std::function<double()>;

//! Decides when to refresh and when to try again. Pure: every input is an argument.
class RefreshPolicy {
public:
    explicit RefreshPolicy(Randomness random)
        : m_random(std::move(random))
    {
    }

    //! At 75 % of the access token's life, give or take 5 % of it; at least 120 s before its end,
    //! but at most a quarter of its life before it. At half of its life if that life is under 10
    //! minutes. Earlier if the refresh token itself ends before the access token. Never sooner than
    //! 2.5 s after the grant, or 1 s if the refresh token would otherwise have ended; a program
    //! that needs a token in between asks for one.
    [[nodiscard]] Instant refreshAt(const TokenSet &tokens) const;

    //! 2, 4, 8 … 60 s, give or take 20 %, after the \a attempt th failure, counted from 1. Near the
    //! access token's end at most 50 s, or 20 s after a timeout. A time that the appliance asks for
    //! takes precedence, up to an hour, but never runs into the last minute of a good access token.
    [[nodiscard]] Instant retryAt(
        const TokenSet &tokens, int attempt, const AuthError &error, const Instant &now) const;

    //! The same when the system says that there is no network: five times after a minute, then
    //! every five minutes. The system's word is only a hint, because systems have been seen to be
    //! wrong about it.
    [[nodiscard]] Instant retryWithoutNetworkAt(int attempt, const Instant &now) const;

    //! When to look at the clock again if the machine was about to sleep and then did not.
    [[nodiscard]] static Instant lookAt(const Instant &now) { return now + sleepersPause; }

private:
    static constexpr Milliseconds sleepersPause = std::chrono::minutes(5);
    //! A random share of \a span, between -share and +share.
    [[nodiscard]] Milliseconds jitter(Milliseconds span, double share) const;

    Randomness m_random;
};

} // namespace latchkey
