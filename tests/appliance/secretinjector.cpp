// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "secretinjector.h"

#include "http/httprequest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

using Write = QString (*)(const QString &secret);

QString base64(const QByteArray &bytes, QByteArray::Base64Options options = {})
{
    return QString::fromLatin1(bytes.toBase64(options));
}

QByteArray withNuls(const QString &secret)
{
    QByteArray bytes;
    const QByteArray latin1 = secret.toLatin1();
    for (const char byte : latin1)
        bytes.append(byte).append('\0');
    return bytes;
}

//! Writes each character as its number, by the printf() format \a format.
QString numbered(const QString &secret, const char *format)
{
    QString text;
    for (const QChar character : secret)
        text += QString::asprintf(format, static_cast<unsigned>(character.unicode()));
    return text;
}

QString percentEncoded(const QString &secret)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(secret));
}

const QHash<QString, Write> &writings()
{
    static const QHash<QString, Write> table{
        {u"raw"_s,
            [](const QString &s) {
                return s;
            }},
        {u"upper"_s,
            [](const QString &s) {
                return s.toUpper();
            }},
        {u"lower"_s,
            [](const QString &s) {
                return s.toLower();
            }},
        {u"base64"_s,
            [](const QString &s) {
                return base64(s.toUtf8());
            }},
        {u"base64-1"_s,
            [](const QString &s) {
                return base64('<' + s.toUtf8());
            }},
        {u"base64-2"_s,
            [](const QString &s) {
                return base64("<<" + s.toUtf8());
            }},
        {u"base64url"_s,
            [](const QString &s) {
                return base64(
                    s.toUtf8(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
            }},
        {u"percent"_s, percentEncoded},
        {u"form"_s,
            [](const QString &s) {
                return percentEncoded(s).replace("%20"_L1, "+"_L1);
            }},
        {u"hex"_s,
            [](const QString &s) {
                return QString::fromLatin1(s.toUtf8().toHex());
            }},
        {u"html"_s,
            [](const QString &s) {
                return s.toHtmlEscaped();
            }},
        {u"entities"_s,
            [](const QString &s) {
                return numbered(s, "&#x%x;");
            }},
        {u"json"_s,
            [](const QString &s) {
                return numbered(s, "\\u%04x");
            }},
        {u"utf16"_s,
            [](const QString &s) {
                return QString::fromLatin1(withNuls(s));
            }},
        {u"utf16-base64"_s,
            [](const QString &s) {
                return base64(withNuls(s));
            }},
    };
    return table;
}

void plantHeader(HttpReply &reply, const QByteArray &name, const QByteArray &value)
{
    if (name.compare("Content-Type", Qt::CaseInsensitive) == 0)
        reply.contentType = value;
    else
        reply.headers.append({name, value});
}

void plantMember(QJsonObject &body, const QString &name, const QString &text)
{
    if (name == "errors"_L1)
        body.insert(name, QJsonObject{{text, QJsonArray{text}}});
    else
        body.insert(name, text);
}

} // namespace

void SecretInjector::note(const HttpRequest &request)
{
    const Form form = request.fields();
    remember(u"password"_s, form.value("password"_L1));
    remember(u"code"_s, form.value("mfa_code"_L1));
    remember(u"ticket"_s, form.value("mfa_token"_L1));
    remember(u"refresh"_s, form.value("refresh_token"_L1));
    remember(u"access"_s, QString::fromLatin1(request.bearer()));
}

void SecretInjector::note(const HttpReply &reply)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    remember(u"ticket"_s, body["mfa_token"_L1].toString());
    remember(u"refresh"_s, body["refresh_token"_L1].toString());
    remember(u"access"_s, body["access_token"_L1].toString());
}

HttpReply SecretInjector::planted(HttpReply reply, const QString &plant) const
{
    const QJsonObject places = QJsonDocument::fromJson(plant.toUtf8()).object();
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    QJsonObject body = document.object();
    for (auto place = places.begin(); place != places.end(); ++place) {
        const QString text = filled(place->toString());
        if (place.key().endsWith(':'_L1))
            plantHeader(reply, place.key().chopped(1).toLatin1(), text.toUtf8());
        else
            plantMember(body, place.key(), text);
    }
    if (document.isObject())
        reply.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return reply;
}

QString SecretInjector::filled(const QString &text) const
{
    static const QRegularExpression placeholder(u"\\{(\\w+)(?::([\\w-]+))?\\}"_s);
    QString filled;
    qsizetype end = 0;
    for (auto matches = placeholder.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const Write write =
            writings().value(match.hasCaptured(2) ? match.captured(2) : u"raw"_s, nullptr);
        const QString secret = m_secrets.value(match.captured(1));
        filled += QStringView(text).sliced(end, match.capturedStart() - end);
        filled += write && !secret.isEmpty() ? write(secret) : match.captured();
        end = match.capturedEnd();
    }
    filled += QStringView(text).sliced(end);
    return filled;
}

void SecretInjector::remember(const QString &name, const QString &secret)
{
    if (!secret.isEmpty())
        m_secrets.insert(name, secret);
}

} // namespace latchkey::appliance
