// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/httpexchange.h"

#include "wire/httpdate.h"
#include "wire/onetimebody.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

namespace latchkey {

namespace {

void harden(QNetworkRequest &request)
{
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(
        QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // No compression: a small reply that unpacks to gigabytes cannot happen.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "Latchkey/" LATCHKEY_VERSION);
}

} // namespace

HttpExchange::HttpExchange(std::unique_ptr<QNetworkAccessManager> network, const Fingerprint &pin,
    DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_network(std::move(network))
    , m_pin(pin)
    , m_deadline(deadlines)
{
    connect(&m_deadline, &Deadline::reached, this, &HttpExchange::onDeadline);
}

HttpExchange::~HttpExchange()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
}

void HttpExchange::start(QNetworkRequest request, const QByteArray &method, const QByteArray &body)
{
    harden(request);
    m_body = std::make_unique<OneTimeBody>(body);
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    m_reply = m_network->sendCustomRequest(request, method, m_body.get());
    m_reply->setReadBufferSize(largestBody);
    m_deadline.set(m_deadline.queue().now() + patience);
    connect(m_reply, &QNetworkReply::sslErrors, this, &HttpExchange::onSslErrors);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::onFinished);
}

void HttpExchange::onSslErrors()
{
    const QSslCertificate seen = m_reply->sslConfiguration().peerCertificate();
    if (seen.isNull())
        return;
    const bool isPinned = !m_pin.isEmpty() && Fingerprint::of(seen) == m_pin;
    m_trust = isPinned ? TlsConnection::Trust::Pinned : TlsConnection::Trust::No;
    if (isPinned)
        m_reply->ignoreSslErrors();
    else
        m_untrusted = Certificate::from(seen);
}

void HttpExchange::onReadyRead()
{
    m_outcome.body += m_reply->readAll();
    if (m_outcome.body.size() <= largestBody)
        return;
    m_outcome.tooLarge = true;
    m_outcome.body.clear();
    end();
}

void HttpExchange::onDeadline()
{
    m_outcome.timedOut = true;
    end();
}

//! abort() would emit finished() with the code of a timeout from inside this call.
void HttpExchange::end()
{
    m_reply->disconnect(this);
    m_reply->abort();
    onFinished();
}

void HttpExchange::onFinished()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    m_deadline.set({});
    if (reply->isOpen()) // abort() closes it
        m_outcome.body += reply->readAll();
    m_outcome.tooLarge = m_outcome.tooLarge || m_outcome.body.size() > largestBody;
    m_outcome.error = reply->error();
    m_outcome.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_outcome.contentType = reply->rawHeader("Content-Type");
    m_outcome.retryAfter = reply->rawHeader("Retry-After");
    m_tls = TlsConnection::from(reply->sslConfiguration(), m_trust);
    m_date = dateFromHttp(reply->rawHeader("Date"));
    Q_EMIT finished(m_outcome);
}

} // namespace latchkey
