// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/form.h"

#include <QByteArray>

namespace latchkey::appliance {

namespace {

QString decodePart(QByteArray part)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(part.replace('+', ' ')));
}

} // namespace

Form Form::decode(const QByteArray &encoded)
{
    Form form;
    for (const QByteArray &pair : encoded.split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        form.m_fields.append({decodePart(pair.left(equals)),
            equals < 0 ? QString() : decodePart(pair.mid(equals + 1))});
    }
    return form;
}

QString Form::value(QLatin1StringView name) const
{
    QString found;
    for (const auto &[key, text] : m_fields) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            found = text;
    }
    return found;
}

bool Form::contains(QLatin1StringView name) const
{
    return !value(name).isEmpty();
}

QJsonObject Form::toJson() const
{
    QJsonObject object;
    for (const auto &[key, text] : m_fields)
        object.insert(key, text);
    return object;
}

} // namespace latchkey::appliance
