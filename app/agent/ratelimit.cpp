// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/ratelimit.h"

namespace latchkey {

std::optional<Milliseconds> RateLimit::take(const QString &name, SteadyTime now, int count)
{
    m_overAt.removeIf([now](const auto &entry) { return entry.value() <= now; });
    const SteadyTime overAt = std::max(m_overAt.value(name, now), now) + count * pause;
    const Milliseconds tooMuch = overAt - now - burst * pause;
    if (tooMuch > Milliseconds::zero())
        return tooMuch;
    m_overAt.insert(name, overAt);
    return {};
}

} // namespace latchkey
