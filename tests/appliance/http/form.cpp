// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/form.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

QString nameOfPart(const QByteArray &head)
{
    static const QRegularExpression name(
        u"^content-disposition:\\s*form-data;.*\\bname=\"?([^\";\r]+)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    return name.match(QString::fromUtf8(head)).captured(1);
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

Form Form::decodeMultipart(const QByteArray &body, const QByteArray &boundary)
{
    const QByteArray mark = "\r\n--" + boundary;
    const QByteArray all = "\r\n" + body;
    Form form;
    for (qsizetype start = all.indexOf(mark); start >= 0;) {
        const qsizetype next = all.indexOf(mark, start + mark.size());
        const QByteArray part = all.mid(start + mark.size(), next - start - mark.size());
        const qsizetype head = part.indexOf("\r\n\r\n");
        if (next >= 0 && head >= 0)
            form.m_fields.append(
                {nameOfPart(part.left(head)), QString::fromUtf8(part.mid(head + 4))});
        start = next;
    }
    return form;
}

Form Form::decodeJson(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    Form form;
    for (auto member = object.begin(); member != object.end(); ++member)
        form.m_fields.append({member.key(), member->toVariant().toString()});
    return form;
}

QString Form::decodePart(QByteArray part)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(part.replace('+', ' ')));
}

QString Form::value(QLatin1StringView name) const
{
    QString found;
    for (const auto &[key, text] : m_fields) {
        if (key.compare(name, m_spelling) == 0)
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
