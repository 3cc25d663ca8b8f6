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

//! In the short form of the user's language, but with the whole year: a certificate may be good for
//! a hundred.
[[nodiscard]] inline QString dayOf(const QDateTime &time)
{
    QString format = QLocale().dateFormat(QLocale::ShortFormat);
    if (!format.contains(QStringLiteral("yyyy")))
        format.replace(QStringLiteral("yy"), QStringLiteral("yyyy"));
    return QLocale().toString(time.toLocalTime().date(), format);
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

//! For what a person plans by: the time alone if it is today, and its seconds only where it is less
//! than 90 s away.
[[nodiscard]] inline QString shortTimeOf(WallTime at, WallTime now)
{
    const QDateTime time = localTime(at);
    if (time.date() != localTime(now).date())
        return QLocale().toString(time, QLocale::ShortFormat);
    const bool isNear = std::chrono::abs(at - now) < std::chrono::seconds(90);
    return QLocale().toString(
        time.time(), isNear ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

} // namespace latchkey::ui
