// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/refreshpolicy.h"

#include <cmath>

using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds shortLife = 10min;
constexpr Milliseconds leastLead = 120s;
//! The shortest time between a grant and the automatic refresh. A token that lives for less than
//! this lapses before it is refreshed.
constexpr Milliseconds leastWait = 2500ms;
constexpr Milliseconds leastWaitWhereTheRefreshTokenEnds = 1s;
constexpr Milliseconds longestPause = 60s;
//! The access token ends soon, or has ended, if less than this remains. A session must have a new
//! token within a minute after the appliance is back, even if an attempt that hangs uses up half of
//! that minute.
constexpr Milliseconds soon = 150s;
constexpr Milliseconds longestPauseNearTheEnd = 50s;
constexpr Milliseconds longestPauseAfterHanging = 20s;
constexpr Milliseconds longestRetryAfter = 1h;
constexpr Milliseconds lastMinute = 60s;
constexpr int attemptsEachMinute = 5;

} // namespace

Instant RefreshPolicy::refreshAt(const TokenSet &tokens) const
{
    const Milliseconds life = tokens.accessLife();
    Milliseconds lead = life / 4 + jitter(life, 0.05);
    lead = life < shortLife ? life / 2 : std::clamp(lead, std::min(leastLead, life / 4), life / 4);
    Milliseconds wait = std::max(life - lead, leastWait);
    if (tokens.refreshEnd) {
        const Milliseconds refreshLife = tokens.refreshEnd->steady - tokens.grantedAt.steady;
        if (refreshLife < std::max(life, 2 * leastWait))
            wait = std::min(wait, std::max(refreshLife / 2, leastWaitWhereTheRefreshTokenEnds));
    }
    return tokens.grantedAt + wait;
}

Instant RefreshPolicy::retryAt(
    const TokenSet &tokens, int attempt, const AuthError &error, const Instant &now) const
{
    const int doublings = std::clamp(attempt, 1, 6);
    Milliseconds pause = std::min<Milliseconds>(1s * (1 << doublings), longestPause);
    pause += jitter(pause, 0.2);
    if (remaining(tokens.accessEnd, now) < soon) {
        const bool hasHung = error.type == AuthError::Type::Timeout;
        pause = std::min(pause, hasHung ? longestPauseAfterHanging : longestPauseNearTheEnd);
    }
    if (error.retryAfter) {
        pause = std::min<Milliseconds>(*error.retryAfter, longestRetryAfter);
        const Milliseconds untilLastMinute = remaining(tokens.accessEnd, now) - lastMinute;
        if (untilLastMinute > 0ms)
            pause = std::min(pause, untilLastMinute);
        pause = std::max<Milliseconds>(pause, 1s);
    }
    return now + pause;
}

Instant RefreshPolicy::retryWithoutNetworkAt(int attempt, const Instant &now) const
{
    const Milliseconds pause = attempt <= attemptsEachMinute ? 1min : 5min;
    return now + pause + jitter(pause, 0.2);
}

Milliseconds RefreshPolicy::jitter(Milliseconds span, double share) const
{
    const double factor = (2 * m_random() - 1) * share;
    return Milliseconds(std::llround(static_cast<double>(span.count()) * factor));
}

} // namespace latchkey
