// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/httprequest.h"

#include <QRegularExpression>
#include <QUrl>

#include <utility>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype longestHead = 64 * 1024;

//! Judges a first line of which a part may be missing. Web servers do not wait for the rest of what
//! is no HTTP, such as TLS.
bool isFirstLineReadable(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    return end < 0 || bytes.first(end).contains(" HTTP/1.");
}

QByteArray boundaryOf(const QByteArray &contentType)
{
    static const QRegularExpression boundary(
        u"\\bboundary=\"?([^\";]+)"_s, QRegularExpression::CaseInsensitiveOption);
    return boundary.match(QString::fromLatin1(contentType)).captured(1).trimmed().toLatin1();
}

} // namespace

QByteArray HttpRequest::bearer() const
{
    const QByteArray authorization = headers.value("authorization");
    constexpr qsizetype schemeLength = 7;
    if (authorization.left(schemeLength).compare("Bearer ", Qt::CaseInsensitive) != 0)
        return {};
    return authorization.mid(schemeLength).trimmed();
}

QString HttpRequest::media() const
{
    const QByteArray type = headers.value("content-type").split(';').first().trimmed().toLower();
    if (type == "application/x-www-form-urlencoded")
        return u"form"_s;
    if (type == "multipart/form-data")
        return u"multipart"_s;
    return type == "application/json" ? u"json"_s : QString();
}

Form HttpRequest::fields() const
{
    const QString what = media();
    if (what == "json"_L1)
        return Form::decodeJson(body);
    if (what == "multipart"_L1)
        return Form::decodeMultipart(body, boundaryOf(headers.value("content-type")));
    return Form::decode(body);
}

RequestReader::Progress RequestReader::feed(const QByteArray &bytes)
{
    m_buffer += bytes;
    bool isHeadNew = false;
    if (!m_hasHead) {
        if (!isFirstLineReadable(m_buffer))
            return Progress::Unreadable;
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return m_buffer.size() > longestHead ? Progress::Unreadable : Progress::NeedsMore;
        if (!readHead(m_buffer.left(end)) || !readLength())
            return Progress::Unreadable;
        if (m_length > m_largestBody)
            return Progress::TooLarge;
        m_buffer.remove(0, end + 4);
        m_hasHead = isHeadNew = true;
    }
    if (m_buffer.size() >= m_length)
        return Progress::Ready;
    const bool expects = isHeadNew && m_request.headers.contains("expect");
    return expects ? Progress::NeedsContinue : Progress::NeedsMore;
}

HttpRequest RequestReader::take()
{
    m_request.body = m_buffer.left(m_length);
    m_buffer.remove(0, m_length);
    m_hasHead = false;
    return std::exchange(m_request, {});
}

bool RequestReader::readHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    if (words.size() != 3 || !words.at(2).startsWith("HTTP/1."))
        return false;
    const QUrl target = QUrl::fromEncoded(words.at(1));
    m_request.method = words.at(0);
    m_request.path = target.path();
    m_request.query = Form::decode(target.query(QUrl::FullyEncoded).toUtf8());
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        m_request.headers.insert(
            line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    return true;
}

bool RequestReader::readLength()
{
    bool isNumber = true;
    const QByteArray length = m_request.headers.value("content-length", "0");
    m_length = length.toLongLong(&isNumber);
    return isNumber && m_length >= 0 && !m_request.headers.contains("transfer-encoding");
}

} // namespace latchkey::appliance
