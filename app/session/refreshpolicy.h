// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/tokenset.h"

#include <functional>

namespace latchkey {

//! A number from 0 up to, not including, 1. Injected, so that tests can choose it.
using Randomness = std::function<double()>;

//! When to refresh and when to try again. Pure: all it needs is handed in.
class RefreshPolicy {
public:
    explicit RefreshPolicy(Randomness random)
        : m_random(std::move(random))
    {
    }

    //! 75 % of the access token's life, give or take 5 % of it; at least 120 s before its end and
    //! at most a quarter of its life before it. Half of its life when that is under 10 minutes.
    //! Earlier when the refresh token itself ends before the access token does. Not sooner than
    //! 2.5 s after the grant, or 1 s where the refresh token would end by then: whoever needs a
    //! token in between asks for one.
    [[nodiscard]] Instant refreshAt(const TokenSet &tokens) const;

    //! 2, 4, 8 … 60 s, give or take 20 %, after the \a attempt th failure, counted from 1; near the
    //! access token's end at most 50 s, and 20 s after a timeout. What the appliance asked for
    //! wins, up to an hour, but a good access token's last minute is never waited away.
    [[nodiscard]] Instant retryAt(
        const TokenSet &tokens, int attempt, const AuthError &error, const Instant &now) const;

    //! The same where the system says that there is no network. That is a hint, because systems
    //! have been seen to be wrong about it: each minute, and after five of them each five.
    [[nodiscard]] Instant retryWithoutNetworkAt(int attempt, const Instant &now) const;

    //! When a machine that is about to sleep looks at the clock, in case it does not.
    [[nodiscard]] static Instant lookAt(const Instant &now) { return now + sleepersPause; }

private:
    static constexpr Milliseconds sleepersPause = std::chrono::minutes(5);
    //! Between -share and +share of \a span.
    [[nodiscard]] Milliseconds jitter(Milliseconds span, double share) const;

    Randomness m_random;
};

} // namespace latchkey
