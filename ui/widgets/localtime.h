// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QDateTime>
#include <QLocale>

namespace latchkey::ui {

[[nodiscard]] inline QDateTime localTime(WallTime at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

//! The time of day to the second, and the day with it where that is not today. Says nothing such as
//! "a minute ago", which would be wrong a minute later.
[[nodiscard]] inline QString timeOf(WallTime at, WallTime now)
{
    const QDateTime time = localTime(at);
    const QString clock = QLocale().toString(time.time(), QStringLiteral("HH:mm:ss"));
    if (time.date() == localTime(now).date())
        return clock;
    return QLocale().toString(time.date(), QLocale::ShortFormat) + u' ' + clock;
}

} // namespace latchkey::ui
