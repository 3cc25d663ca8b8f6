// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/httpdate.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace latchkey {

std::optional<WallTime> dateFromHttp(const QByteArray &header)
{
    QDateTime date = QLocale::c().toDateTime(
        QString::fromLatin1(header.trimmed()), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return {};
    date.setTimeSpec(Qt::UTC);
    return WallTime(Milliseconds(date.toMSecsSinceEpoch()));
}

} // namespace latchkey
