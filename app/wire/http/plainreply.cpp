// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/plainreply.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace http = boost::beast::http;

namespace latchkey {

namespace {

constexpr qsizetype longestHead = qsizetype{64} * 1024;
constexpr int mostInterim = 8;

//! In place of Qt's error for each status, as nobody needs to tell one from another by it.
QNetworkReply::NetworkError errorFor(int status)
{
    if (status < 400)
        return QNetworkReply::NoError;
    return status < 500 ? QNetworkReply::UnknownContentError : QNetworkReply::UnknownServerError;
}

} // namespace

//! Not eager, because an eager parser of Boost 1.74 goes on after a length beyond the limit.
struct PlainReply::Parser : http::response_parser<http::string_body> {
    explicit Parser(qint64 largestBody)
    {
        header_limit(quint32(longestHead));
        body_limit(quint64(largestBody));
    }
};

//! The parser of Boost 1.74 counts on so much of what follows the last chunk, and more is to come
//! after all others.
qsizetype PlainReply::leastUnread(const Parser &parser)
{
    return parser.is_header_done() && parser.chunked() ? 5 : 1;
}

PlainReply::PlainReply(qint64 largestBody)
    : m_largestBody(largestBody)
    , m_parser(std::make_unique<Parser>(largestBody))
{
}

PlainReply::~PlainReply() = default;

void PlainReply::take(const QByteArray &bytes)
{
    m_unread += bytes;
    while (m_unread.size() >= leastUnread(*m_parser) && !m_isOver) {
        boost::system::error_code error;
        const std::size_t used = m_parser->put(
            boost::asio::buffer(m_unread.constData(), std::size_t(m_unread.size())), error);
        m_unread.remove(0, qsizetype(used));
        if (error == http::error::need_more && m_unread.size() <= longestHead)
            return;
        m_isTooLarge = error == http::error::body_limit;
        if (error)
            return end(QNetworkReply::ProtocolFailure);
        if (m_parser->is_done())
            onMessage();
    }
}

//! One that is not the last says nothing (RFC 9110 §15.2).
void PlainReply::onMessage()
{
    const int status = int(m_parser->get().result_int());
    if (status >= 200)
        return end(errorFor(status));
    if (status < 100 || ++m_interim > mostInterim)
        return end(QNetworkReply::ProtocolFailure);
    m_parser = std::make_unique<Parser>(m_largestBody);
}

void PlainReply::close()
{
    if (m_isOver)
        return;
    boost::system::error_code error;
    if (m_parser->got_some())
        m_parser->put_eof(error);
    if (m_parser->is_done())
        onMessage();
    if (!m_isOver)
        end(QNetworkReply::RemoteHostClosedError);
}

void PlainReply::end(QNetworkReply::NetworkError error)
{
    m_isOver = true;
    m_error = error;
}

HttpOutcome PlainReply::outcome() const
{
    HttpOutcome outcome;
    outcome.error = m_error;
    if (!m_parser->is_header_done())
        return outcome;
    outcome.status = int(m_parser->get().result_int());
    outcome.contentType = headers("Content-Type").value(0);
    outcome.retryAfter = headers("Retry-After").value(0);
    outcome.tooLarge = m_isTooLarge;
    if (!m_isTooLarge)
        outcome.body = QByteArray::fromStdString(m_parser->get().body());
    return outcome;
}

QByteArrayList PlainReply::headers(const QByteArray &name) const
{
    QByteArrayList values;
    const auto [begin, end] =
        m_parser->get().equal_range({name.constData(), std::size_t(name.size())});
    for (auto at = begin; at != end; ++at)
        values.append(QByteArray(at->value().data(), qsizetype(at->value().size())));
    return values;
}

} // namespace latchkey
