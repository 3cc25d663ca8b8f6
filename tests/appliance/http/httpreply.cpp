// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/httpreply.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

QString newTraceId()
{
    const QString digits = QUuid::createUuid().toString(QUuid::Id128);
    return u"00-%1-%2-00"_s.arg(digits, digits.left(16));
}

QString typeOf(int status)
{
    switch (status) {
    case 401:
        return u"https://tools.ietf.org/html/rfc9110#section-15.5.2"_s;
    case 403:
        return u"https://tools.ietf.org/html/rfc9110#section-15.5.4"_s;
    case 404:
        return u"https://tools.ietf.org/html/rfc9110#section-15.5.5"_s;
    case 415:
        return u"https://tools.ietf.org/html/rfc9110#section-15.5.16"_s;
    default:
        return u"https://tools.ietf.org/html/rfc9110#section-15.5.1"_s;
    }
}

} // namespace

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 302:
        return "Found";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 415:
        return "Unsupported Media Type";
    case 429:
        return "Too Many Requests";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Status";
    }
}

QByteArray HttpReply::head() const
{
    QByteArray text =
        "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    for (const auto &[name, value] : headers)
        text += name + ": " + value + "\r\n";
    if (!contentType.isEmpty())
        text += "Content-Type: " + contentType + "\r\n";
    const bool isStated = delivery == Delivery::Streamed || delivery == Delivery::HeadAlone;
    const qint64 length = isStated ? streamBytes : body.size();
    if (status != 204)
        text += "Content-Length: " + QByteArray::number(length) + "\r\n";
    return text + "\r\n";
}

bool HttpReply::hasHeader(const QByteArray &name) const
{
    return std::ranges::any_of(headers,
        [&](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
}

HttpReply jsonReply(const QJsonObject &object, int status)
{
    HttpReply reply;
    reply.status = status;
    reply.contentType = "application/json; charset=utf-8";
    reply.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return reply;
}

HttpReply htmlReply(const QByteArray &title, int status)
{
    HttpReply reply;
    reply.status = status;
    reply.contentType = "text/html";
    reply.body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>"
        + title + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    return reply;
}

HttpReply problemReply(int status, const QString &title, const QJsonObject &more)
{
    QJsonObject problem{{u"type"_s, typeOf(status)}, {u"title"_s, title}, {u"status"_s, status},
        {u"traceId"_s, newTraceId()}};
    for (auto member = more.begin(); member != more.end(); ++member)
        problem.insert(member.key(), *member);
    HttpReply reply = jsonReply(problem, status);
    reply.contentType = "application/problem+json; charset=utf-8";
    return reply;
}

HttpReply validationReply(const QString &field, const QString &message)
{
    const QJsonObject errors{{field, QJsonArray{message}}};
    return problemReply(400, u"One or more validation errors occurred."_s, {{u"errors"_s, errors}});
}

} // namespace latchkey::appliance
