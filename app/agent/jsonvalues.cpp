// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/jsonvalues.h"

#include <QDateTime>

namespace latchkey {

QJsonValue timeFrom(const std::optional<WallTime> &time)
{
    if (!time)
        return QJsonValue::Null;
    const auto date = QDateTime::fromMSecsSinceEpoch(time->time_since_epoch().count(), Qt::UTC);
    return date.toString(Qt::ISODate);
}

QJsonValue textFrom(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue numberFrom(qint64 number)
{
    return number ? QJsonValue(number) : QJsonValue(QJsonValue::Null);
}

QJsonValue spanFrom(const std::optional<std::chrono::seconds> &span)
{
    return span ? QJsonValue(qint64(span->count())) : QJsonValue(QJsonValue::Null);
}

} // namespace latchkey
