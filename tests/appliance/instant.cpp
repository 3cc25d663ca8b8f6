// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "instant.h"

#include <QDateTime>
#include <QLocale>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono;

namespace {

QDateTime toDateTime(Instant instant)
{
    return QDateTime::fromSecsSinceEpoch(toUnixSeconds(instant), Qt::UTC);
}

} // namespace

Instant now()
{
    return system_clock::now();
}

QString toDotNet(Instant instant)
{
    using DotNetTicks = duration<qint64, std::ratio<1, 10'000'000>>;
    const auto fraction = floor<DotNetTicks>(instant) - floor<seconds>(instant);
    return toDateTime(instant).toString(u"yyyy-MM-ddTHH:mm:ss"_s)
        + u".%1Z"_s.arg(fraction.count(), 7, 10, '0'_L1);
}

QString toOffsetDate(Instant instant)
{
    return toDateTime(instant).toOffsetFromUtc(7200).toString(Qt::ISODate);
}

QString toBareDate(Instant instant)
{
    return toOffsetDate(instant).chopped(6);
}

QByteArray toHttpDate(Instant instant)
{
    return QLocale::c()
        .toString(toDateTime(instant), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
        .toLatin1();
}

qint64 toUnixSeconds(Instant instant)
{
    return floor<seconds>(instant).time_since_epoch().count();
}

} // namespace latchkey::appliance
