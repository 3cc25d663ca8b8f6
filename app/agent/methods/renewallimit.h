// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QHash>
#include <QString>

#include <optional>

namespace latchkey {

//! How often programs may have a session renewed before its time: `burst` times at once, and then
//! once each `pause`. Without it, one program could have the appliance make tokens without end.
class RenewalLimit {
public:
    static constexpr int burst = 10;
    static constexpr Milliseconds pause = std::chrono::seconds(6);

    //! Counts one renewal and returns nothing where it may be made; else counts none and returns
    //! how long to wait.
    [[nodiscard]] std::optional<Milliseconds> take(const QString &session, SteadyTime now);

private:
    //! By session: when all that was counted will be forgotten.
    QHash<QString, SteadyTime> m_overAt;
};

} // namespace latchkey
