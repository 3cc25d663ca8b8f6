// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/sessionsnapshot.h"

namespace latchkey {

namespace {

std::optional<WallTime> onTheWall(const std::optional<Instant> &at, const Instant &now)
{
    return at ? std::optional(latchkey::onTheWall(*at, now)) : std::nullopt;
}

std::optional<Instant> nextRefresh(const SessionState &state)
{
    if (const auto *active = std::get_if<state::Active>(&state)) {
        const bool canRefresh = !active->tokens.refreshToken.isEmpty();
        return canRefresh ? std::optional(active->refreshAt) : std::nullopt;
    }
    if (const auto *waiting = std::get_if<state::Waiting>(&state))
        return waiting->retryAt;
    return {};
}

} // namespace

SessionSnapshot SessionSnapshot::of(const SessionState &state, const Instant &now)
{
    SessionSnapshot snapshot;
    snapshot.phase = phaseOf(state);
    snapshot.takenAt = now.wall;
    snapshot.reason = standingReasonOf(state);
    snapshot.nextRefreshAt = onTheWall(nextRefresh(state), now);
    if (const TokenSet *set = tokensOf(state)) {
        snapshot.identity = set->identity;
        snapshot.grantedAt = latchkey::onTheWall(set->grantedAt, now);
        snapshot.accessEnd = latchkey::onTheWall(set->accessEnd, now);
        snapshot.tokenType = set->tokenType;
        snapshot.issued = set->issued;
        snapshot.expires = set->expires;
        snapshot.hasRefreshToken = !set->refreshToken.isEmpty();
        snapshot.refreshEnd = onTheWall(set->refreshEnd, now);
        snapshot.clockOffset = set->clockOffset;
    }
    if (const auto *codeNeeded = std::get_if<state::CodeNeeded>(&state))
        snapshot.clockOffset = codeNeeded->clockOffset;
    if (const Certificate *certificate = certificateInQuestion(state))
        snapshot.certificate = *certificate;
    return snapshot;
}

} // namespace latchkey
