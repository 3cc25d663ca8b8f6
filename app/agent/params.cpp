// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/params.h"

#include "agent/refusals.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace latchkey {

QString Params::text(const QString &key)
{
    const QJsonValue value = m_object.value(key);
    if (value.toString().isEmpty())
        refuse(key, u"a text that is not empty"_s);
    return value.toString();
}

QString Params::optionalText(const QString &key, const QString &otherwise)
{
    const QJsonValue value = m_object.value(key);
    if (value.isUndefined() || value.isNull())
        return otherwise;
    if (!value.isString())
        refuse(key, u"a text"_s);
    return value.toString();
}

Secret Params::secret(const QString &key)
{
    return Secret::fromString(text(key));
}

Secret Params::optionalSecret(const QString &key)
{
    return Secret::fromString(optionalText(key));
}

bool Params::flag(const QString &key)
{
    const QJsonValue value = m_object.value(key);
    if (!(value.isUndefined() || value.isNull() || value.isBool()))
        refuse(key, u"true or false"_s);
    return value.toBool();
}

std::optional<Milliseconds> Params::span(const QString &key)
{
    constexpr double day = 24 * 3600;
    const QJsonValue value = m_object.value(key);
    if (value.isUndefined() || value.isNull())
        return {};
    const double seconds = value.toDouble(-1);
    if (!(seconds >= 0 && seconds <= day)) {
        refuse(key, u"a number of seconds from 0 to 86400"_s);
        return {};
    }
    return Milliseconds(std::llround(seconds * 1000));
}

qint64 Params::count(const QString &key)
{
    constexpr qint64 most = 1'000'000;
    const qint64 number = m_object.value(key).toInteger();
    if (number < 1 || number > most)
        refuse(key, u"a whole number from 1 to 1000000"_s);
    return number;
}

void Params::refuse(const QString &key, const QString &wanted)
{
    if (!m_problem)
        m_problem = wrongParameter(key, wanted);
}

} // namespace latchkey
