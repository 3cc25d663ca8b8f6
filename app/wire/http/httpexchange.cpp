// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/httpexchange.h"

#include "base/secret.h"
#include "wire/http/httpdate.h"
#include "wire/http/onetimebody.h"
#include "wire/http/plainexchange.h"
#include "wire/http/scout.h"
#include "wire/http/tlslook.h"

#include <QNetworkCookie>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

#include <algorithm>

using namespace Qt::StringLiterals;

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
    // No compression, so that no small reply can unpack to gigabytes.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "Latchkey/" LATCHKEY_VERSION);
}

//! Makes it connect to \a address, and still ask for the same host and check its certificate.
void addressTo(QNetworkRequest &request, const QHostAddress &address)
{
    QUrl url = request.url();
    const QString host = url.host(QUrl::FullyEncoded);
    const int port = url.port();
    const QString named = port < 0 ? host : u"%1:%2"_s.arg(host).arg(port);
    request.setPeerVerifyName(host);
    request.setRawHeader("Host", named.toLatin1());
    url.setHost(address.toString());
    request.setUrl(url);
}

//! Names and values only: whoever sends them back knows where they belong. \a set has a line for
//! each header.
Secret cookiesFrom(const QByteArray &set)
{
    QByteArray header;
    for (const QNetworkCookie &cookie : QNetworkCookie::parseCookies(set)) {
        if (!header.isEmpty())
            header += "; ";
        header += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    }
    Secret cookies = Secret::fromBytes(header);
    wipe(header);
    return cookies;
}

} // namespace

HttpExchange::HttpExchange(
    Network network, const Fingerprint &pin, DeadlineQueue &deadlines, QObject *parent)
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
    m_request = request;
    m_method = method;
    m_deadline.set(m_deadline.queue().now() + patience);
    findTheWay();
}

void HttpExchange::findTheWay()
{
    if (m_network.proxyFor)
        m_proxy = m_network.proxyFor(m_request.url());
    m_outcome.proxy = m_proxy.name();
    const auto onBlocked = [this](QNetworkReply::NetworkError error, int proxyStatus) {
        m_outcome.error = error;
        m_outcome.proxyStatus = proxyStatus;
        m_outcome.wasHeldBack = true;
        conclude();
    };
    const bool mayUseProxy = !isPlainHttp(m_request.url()) && m_proxy.unusable.isEmpty();
    if (!m_proxy.isNone() && !mayUseProxy) {
        const auto refuse = [onBlocked] {
            onBlocked(QNetworkReply::UnknownProxyError, 0);
        };
        QMetaObject::invokeMethod(this, refuse, Qt::QueuedConnection);
        return;
    }
    if (!Scout::isNeeded(m_network, m_proxy, m_request.url()))
        return send({});
    m_scout = std::make_unique<Scout>(m_network, m_proxy, m_deadline.queue());
    connect(m_scout.get(), &Scout::arrived, this, &HttpExchange::send);
    connect(m_scout.get(), &Scout::blocked, this, onBlocked);
    m_scout->go(m_request.url());
}

//! What is left of the time that it took to get here may be too short for an answer: the appliance
//! would have renewed a session, and we would not know.
void HttpExchange::send(const QHostAddress &address)
{
    m_deadline.set(m_deadline.queue().now() + patience);
    if (m_network.listenerOn && isPlainHttp(m_request.url()))
        return sendPlainly(address.isNull() ? QHostAddress(m_request.url().host()) : address);
    m_address = address;
    m_manager = m_network.manager();
    if (m_scout)
        m_proxy.proxy = m_scout->passedProxy();
    if (!address.isNull() && m_proxy.isNone())
        addressTo(m_request, address);
    else if (!address.isNull())
        m_proxy.proxy.setHostName(address.toString());
    if (m_network.proxyFor)
        m_manager->setProxy(m_proxy.proxy);
    m_reply = m_manager->sendCustomRequest(m_request, m_method, m_body.get());
    m_reply->setReadBufferSize(largestBody);
    connect(m_reply, &QNetworkReply::encrypted, this, &HttpExchange::onEncrypted);
    connect(m_reply, &QNetworkReply::sslErrors, this, &HttpExchange::onSslErrors);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::onFinished);
}

void HttpExchange::sendPlainly(const QHostAddress &address)
{
    m_plain = std::make_unique<PlainExchange>(m_network.listenerOn, largestBody);
    // Later, from the event loop, as its end may be ours, and that of its socket.
    connect(m_plain.get(), &PlainExchange::finished, this, &HttpExchange::onPlainFinished,
        Qt::QueuedConnection);
    QByteArray body = m_body->readAll();
    m_plain->start(address, m_request, m_method, body);
    wipe(body);
}

void HttpExchange::onPlainFinished()
{
    if (!m_plain) // patience was over in the meantime
        return;
    const bool isTimedOut = m_outcome.timedOut;
    m_outcome = m_plain->outcome();
    m_outcome.timedOut = isTimedOut;
    m_date = dateFromHttp(m_plain->reply().headers("Date").value(0));
    m_cookies = cookiesFrom(m_plain->reply().headers("Set-Cookie").join('\n'));
    m_plain.reset();
    conclude();
}

void HttpExchange::onSslErrors(const QList<QSslError> &errors)
{
    m_isForOtherHost = std::ranges::any_of(errors,
        [](const QSslError &error) { return error.error() == QSslError::HostNameMismatch; });
    if (judge(TlsConnection::Trust::No))
        m_reply->ignoreSslErrors();
}

//! Called after each handshake, also one that resumes a TLS session. Nothing has been sent yet:
//! Qt's HTTP thread waits until this returns. So the end has to come later, from the event loop.
void HttpExchange::onEncrypted()
{
    m_isEncrypted = true;
    if (judge(TlsConnection::Trust::System))
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    QMetaObject::invokeMethod(this, &HttpExchange::end, Qt::QueuedConnection);
}

//! Where there is a pin, it alone counts; else what the \a system says of the certificate.
bool HttpExchange::judge(TlsConnection::Trust system)
{
    using Trust = TlsConnection::Trust;
    const QSslCertificate seen = m_reply->sslConfiguration().peerCertificate();
    const Trust pinned = Fingerprint::of(seen) == m_pin ? Trust::Pinned : Trust::No;
    m_trust = m_pin.isEmpty() ? system : pinned;
    if (m_trust == Trust::No && !seen.isNull()) {
        m_untrusted = Certificate::from(seen);
        m_untrusted->isForOtherHost = m_isForOtherHost;
    }
    return m_trust != Trust::No;
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
    m_outcome.timedOut = !m_look;
    m_outcome.wasHeldBack = !m_manager;
    end();
}

//! Disconnects first, because abort() emits finished() at once, with the error of a timeout.
void HttpExchange::end()
{
    if (m_plain)
        return onPlainFinished();
    if (!m_reply)
        return conclude();
    m_reply->disconnect(this);
    m_reply->abort();
    onFinished();
}

void HttpExchange::onFinished()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    if (reply->isOpen()) // abort() closes it
        m_outcome.body += reply->readAll();
    m_outcome.tooLarge = m_outcome.tooLarge || m_outcome.body.size() > largestBody;
    m_outcome.error = reply->error();
    m_outcome.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_outcome.contentType = reply->rawHeader("Content-Type");
    m_outcome.retryAfter = reply->rawHeader("Retry-After");
    m_tls = TlsConnection::from(reply->sslConfiguration(), m_trust);
    m_cookies = cookiesFrom(reply->rawHeader("Set-Cookie"));
    m_date = dateFromHttp(reply->rawHeader("Date"));
    isWorthALook() ? look() : conclude();
}

//! The handshake failed, but not because of a certificate.
bool HttpExchange::isWorthALook() const
{
    const bool isBroken = m_outcome.error == QNetworkReply::SslHandshakeFailedError
        || m_outcome.error == QNetworkReply::RemoteHostClosedError;
    return isBroken && !m_isEncrypted && !m_untrusted && !m_outcome.timedOut
        && m_outcome.status == 0 && m_network.resolve && m_request.url().scheme() == "https"_L1;
}

void HttpExchange::look()
{
    m_look = std::make_unique<TlsLook>(m_deadline.queue());
    connect(m_look.get(), &TlsLook::looked, this, [this](const QByteArray &firstBytes) {
        m_outcome.greeting = firstBytes;
        conclude();
    });
    const QString name = m_request.peerVerifyName();
    QUrl server = m_request.url();
    if (!name.isEmpty())
        server.setHost(name);
    m_look->look(server, m_proxy.proxy, m_address);
}

void HttpExchange::conclude()
{
    if (std::exchange(m_isConcluded, true))
        return;
    m_deadline.set({});
    m_outcome.isPlain = isPlainHttp(m_request.url());
    Q_EMIT finished(m_outcome);
}

} // namespace latchkey
