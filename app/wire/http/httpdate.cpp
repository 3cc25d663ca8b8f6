// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/httpdate.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace latchkey {

std::optional<WallTime> dateFromHttp(const QByteArray &header)
{
    // Date and time apart: a QDateTime made from text is local time, in which some hours are
    // missing.
    constexpr qsizetype dateLength = 16; // `Sun, 06 Nov 1994`
    const QString text = QString::fromLatin1(header.trimmed());
    const qsizetype middle = std::min(dateLength, text.size());
    const QDate date = QLocale::c().toDate(text.first(middle), u"ddd, dd MMM yyyy"_s);
    const QTime time = QLocale::c().toTime(text.sliced(middle), u" HH:mm:ss 'GMT'"_s);
    if (!date.isValid() || !time.isValid())
        return {};
    return WallTime(Milliseconds(QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch()));
}

} // namespace latchkey
