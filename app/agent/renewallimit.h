// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QHash>
#include <QString>

#include <optional>

namespace latchkey {

//! How often programs may have a session renewed before its time: `burst` times at once, and once
//! each `pause` after that. Else any of them could replace tokens at the appliance without end.
class RenewalLimit {
public:
    static constexpr int burst = 10;
    static constexpr Milliseconds pause = std::chrono::seconds(6);

    //! Nothing: it may be, and that counts. Else how long it has to wait.
    [[nodiscard]] std::optional<Milliseconds> take(const QString &session, SteadyTime now);

private:
    //! By session: when none will count any more.
    QHash<QString, SteadyTime> m_overAt;
};

} // namespace latchkey
