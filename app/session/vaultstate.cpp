// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/vaultstate.h"

#include "base/overloaded.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace latchkey {

namespace {

using namespace vaultstate;
using namespace vaultevent;
using Trouble = std::optional<VaultTrouble>;

//! How long to wait before the vault is tried again: 5 s at first, then longer and longer.
Milliseconds pauseAfter(int failures)
{
    return std::min<Milliseconds>(5s * (1 << std::clamp(failures - 1, 0, 4)), 60s);
}

VaultStep begin(const VaultWish &wish, const Trouble &trouble = {})
{
    const auto state =
        std::visit(Overloaded{
                       [](const wish::Nothing &) -> VaultState { return Idle{}; },
                       [&](const wish::Read &) -> VaultState { return Reading{{}, trouble}; },
                       [&](const wish::Write &) -> VaultState { return Writing{{}, trouble}; },
                       [&](const wish::Erase &) -> VaultState { return Erasing{{}, trouble}; },
                   },
            wish);
    const bool isIdle = std::holds_alternative<Idle>(state);
    return {state, isIdle ? std::nullopt : std::optional(wish)};
}

template<typename Work> VaultStep remember(Work work, const VaultWish &wish)
{
    work.next = wish;
    return {work};
}

template<typename Work> VaultStep end(const Work &work, bool isKept)
{
    return work.next ? begin(*work.next) : VaultStep{Idle{isKept}};
}

//! A damaged file was put aside, so there is nothing to try again.
template<typename Work> VaultStep fail(const Work &work, const Broke &broke, const Instant &now)
{
    if (work.next)
        return begin(*work.next);
    if (broke.error == StoreError::Damaged)
        return {Idle{}};
    const bool isSame = work.trouble && work.trouble->error == broke.error;
    const int failures = work.trouble ? work.trouble->failures + 1 : 1;
    const VaultTrouble trouble{broke.error, isSame ? work.trouble->since : now, failures};
    return {Failed{broke.wish, trouble, now + pauseAfter(failures)}};
}

} // namespace

std::optional<VaultStep> step(const VaultState &state, const VaultEvent &event, const Instant &now)
{
    using Next = std::optional<VaultStep>;
    // clang-format off
    return std::visit(Overloaded{
        [&](const Idle &, const VaultWish &e) -> Next { return begin(e); },
        [&](const Failed &, const VaultWish &e) -> Next { return begin(e); },
        [&](const auto &from, const VaultWish &e) -> Next { return remember(from, e); },

        [&](const Reading &from, const Done &e) -> Next { return end(from, !e.isEmpty); },
        [&](const Writing &from, const Done &) -> Next { return end(from, true); },
        [&](const Erasing &from, const Done &) -> Next { return end(from, false); },

        [&](const Reading &from, const Broke &e) -> Next { return fail(from, e, now); },
        [&](const Writing &from, const Broke &e) -> Next { return fail(from, e, now); },
        [&](const Erasing &from, const Broke &e) -> Next { return fail(from, e, now); },

        [&](const Failed &from, const TryAgain &) -> Next { return begin(from.wish, from.trouble); },

        [&](const auto &, const auto &) -> Next { return {}; },
    }, state, event);
    // clang-format on
}

const std::optional<VaultTrouble> troubleOf(const VaultState &state)
{
    return std::visit(Overloaded{
                          [](const Idle &) { return Trouble(); },
                          [](const Failed &s) { return Trouble(s.trouble); },
                          [](const auto &s) { return s.trouble; },
                      },
        state);
}

} // namespace latchkey
