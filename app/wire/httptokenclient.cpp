// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/httptokenclient.h"

#include "base/logging.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const char *nameOf(GrantType grant)
{
    switch (grant) {
    case GrantType::Password:
        return "password";
    case GrantType::Mfa:
        return "second factor";
    case GrantType::Refresh:
        return "refresh";
    }
    Q_UNREACHABLE();
}

} // namespace

HttpTokenClient::HttpTokenClient(const QUrl &server, Kind kind, NetworkFactory network,
    DeadlineQueue &deadlines, QObject *parent)
    : TokenClient(parent)
    , m_server(server)
    , m_kind(std::move(kind))
    , m_network(std::move(network))
    , m_deadlines(deadlines)
{
}

HttpTokenClient::~HttpTokenClient() = default;

void HttpTokenClient::send(const Grant &grant, const Fingerprint &pin)
{
    cancel();
    m_exchange = exchange(pin);
    QNetworkRequest request = requestTo(m_kind.token);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    const Instant sentAt = m_deadlines.now();
    connect(m_exchange.get(), &HttpExchange::finished, this,
        [this, type = typeOf(grant), sentAt](
            const HttpOutcome &outcome) { onFinished(type, sentAt, outcome); });
    QByteArray body = formBody(grant, m_kind);
    m_exchange->start(request, m_kind.token.method, body);
    wipe(body);
}

void HttpTokenClient::logOut(const Secret &accessToken, const Fingerprint &pin)
{
    HttpExchange *farewell = exchange(pin).release();
    farewell->setParent(this);
    connect(farewell, &HttpExchange::finished, this, [this, farewell] {
        farewell->deleteLater();
        Q_EMIT loggedOut();
    });
    QNetworkRequest request = requestTo(m_kind.logout);
    request.setRawHeader("Authorization", "Bearer " + accessToken.bytes().toByteArray());
    farewell->start(request, m_kind.logout.method, {});
}

void HttpTokenClient::cancel()
{
    m_exchange.reset();
}

std::unique_ptr<HttpExchange> HttpTokenClient::exchange(const Fingerprint &pin)
{
    return std::make_unique<HttpExchange>(m_network(), pin, m_deadlines);
}

QNetworkRequest HttpTokenClient::requestTo(const Kind::Call &call) const
{
    QUrl url = m_server;
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + call.path);
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json");
    return request;
}

void HttpTokenClient::onFinished(GrantType grant, const Instant &sentAt, const HttpOutcome &outcome)
{
    const TokenAnswer answer = answerFrom(grant, sentAt, outcome);
    m_exchange.release()->deleteLater();
    qCInfo(wireLog) << m_server.host() << nameOf(grant) << "answered with status" << outcome.status
                    << "after" << (m_deadlines.now().steady - sentAt.steady).count() << "ms";
    Q_EMIT answered(answer);
}

TokenAnswer HttpTokenClient::answerFrom(
    GrantType grant, const Instant &sentAt, const HttpOutcome &outcome) const
{
    if (m_exchange->untrusted())
        return Untrusted{*m_exchange->untrusted()};
    if (!outcome.isSuccess())
        return authErrorFrom(outcome, grant, m_kind, m_deadlines.now().wall);
    auto reply = TokenReply::fromJson(outcome.body, m_kind);
    if (!reply)
        return AuthError{AuthError::Kind::BadReply, outcome.status, {}, reply.error()};
    if (grant == GrantType::Refresh && !reply->hasAccess())
        return AuthError{AuthError::Kind::BadReply, outcome.status, {}, u"no access token"_s};
    if (reply->needsCode())
        return CodeAsked{reply->mfaToken};
    if (reply->needsSingleSignOn())
        return AuthError{AuthError::Kind::Rejected, outcome.status, {}, u"single sign-on"_s};
    return Granted{*reply, sentAt, clockOffset(*reply, sentAt)};
}

std::optional<std::chrono::seconds> HttpTokenClient::clockOffset(
    const TokenReply &reply, const Instant &sentAt) const
{
    const auto told = reply.issued ? reply.issued : m_exchange->date();
    if (!told)
        return {};
    const WallTime halfway = sentAt.wall + (m_deadlines.now().wall - sentAt.wall) / 2;
    return std::chrono::round<std::chrono::seconds>(*told - halfway);
}

} // namespace latchkey
