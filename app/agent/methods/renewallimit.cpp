// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/renewallimit.h"

namespace latchkey {

std::optional<Milliseconds> RenewalLimit::take(const QString &session, SteadyTime now)
{
    const SteadyTime overAt = std::max(m_overAt.value(session, now), now) + pause;
    const Milliseconds tooMuch = overAt - now - burst * pause;
    if (tooMuch > Milliseconds::zero())
        return tooMuch;
    m_overAt.insert(session, overAt);
    return {};
}

} // namespace latchkey
