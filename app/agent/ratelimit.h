// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QHash>
#include <QString>

#include <optional>

namespace latchkey {

//! How often something may happen: `burst` times at once, and then once each `pause`. Things of
//! different names are counted apart.
class RateLimit {
public:
    static constexpr int burst = 10;
    static constexpr Milliseconds pause = std::chrono::seconds(6);

    //! Counts it, as often as \a count, and returns nothing where it may happen; else counts
    //! nothing and returns how long to wait.
    [[nodiscard]] std::optional<Milliseconds> take(
        const QString &name, SteadyTime now, int count = 1);

private:
    //! By name: when all that was counted will be forgotten.
    QHash<QString, SteadyTime> m_overAt;
};

} // namespace latchkey
