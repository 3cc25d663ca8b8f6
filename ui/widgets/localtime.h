// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

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

//! The time of day as the user's language writes it, with seconds or without.
[[nodiscard]] inline QString clockOf(const QTime &time, bool hasSeconds)
{
    static const QRegularExpression zone(QStringLiteral(" ?\\(?t+\\)?(?=([^']*'[^']*')*[^']*$) ?"));
    static const QRegularExpression seconds(QStringLiteral("(?<=m)\\W?ss"));
    static const QRegularExpression minutes(QStringLiteral("([:.])mm"));
    QString format = QLocale().timeFormat(QLocale::ShortFormat).remove(seconds);
    if (hasSeconds && minutes.match(format).hasMatch())
        format.replace(minutes, QStringLiteral("\\1mm\\1ss"));
    else if (hasSeconds) // the long form has them in every language, and the zone beside them
        format = QLocale().timeFormat(QLocale::LongFormat).remove(zone);
    return QLocale().toString(time, format);
}

//! The time of day to the second, and the day with it where that is not today. Says nothing such as
//! "a minute ago", which would be wrong a minute later.
[[nodiscard]] inline QString timeOf(WallTime at, WallTime now)
{
    const QDateTime time = localTime(at);
    const QString clock = clockOf(time.time(), true);
    if (time.date() == localTime(now).date())
        return clock;
    return dayOf(time) + u' ' + clock;
}

//! For what a person plans by: the time alone if it is today, and its seconds only where it is less
//! than 90 s away.
[[nodiscard]] inline QString shortTimeOf(WallTime at, WallTime now)
{
    const QDateTime time = localTime(at);
    if (time.date() != localTime(now).date())
        return dayOf(time) + u' ' + clockOf(time.time(), false);
    return clockOf(time.time(), std::chrono::abs(at - now) < std::chrono::seconds(90));
}

} // namespace latchkey::ui
