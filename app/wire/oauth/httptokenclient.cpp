// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/httptokenclient.h"

#include "base/logging.h"
#include "base/overloaded.h"
#include "wire/redaction/appliancemessage.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int ok = 200;

//! As programs are told it.
QString textOf(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC)
        .toString(Qt::ISODate);
}

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

//! W3C Trace Context: by its id the request is found in the logs of all that it passed.
QByteArray traceParent(const QUuid &id)
{
    const QByteArray hex = id.toByteArray(QUuid::Id128);
    return "00-" + hex + '-' + hex.first(16) + "-00";
}

//! It may have granted tokens, which are lost then.
AuthError badReply(const QString &why, const ReplyTrace &trace)
{
    return {AuthError::Type::BadReply, ok, {}, why, true, trace};
}

} // namespace

HttpTokenClient::HttpTokenClient(
    const QUrl &server, Kind kind, Network network, DeadlineQueue &deadlines, QObject *parent)
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
    remember(grant);
    m_exchange = exchange(pin);
    const Request sent{grant, m_deadlines.now(), QUuid::createUuid()};
    QNetworkRequest request = requestTo(m_kind.token);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    request.setRawHeader("traceparent", traceParent(sent.id));
    connect(m_exchange.get(), &HttpExchange::finished, this,
        [this, sent](const HttpOutcome &outcome) { onFinished(sent, outcome); });
    QByteArray body = formBody(grant, m_kind);
    m_exchange->start(request, m_kind.token.method, body);
    wipe(body);
}

void HttpTokenClient::logOut(const Secret &accessToken, const Fingerprint &pin)
{
    m_redactor.rememberAccessToken(accessToken);
    HttpExchange *farewell = exchange(pin).release();
    farewell->setParent(this);
    connect(farewell, &HttpExchange::finished, this, [this, farewell](const HttpOutcome &outcome) {
        farewell->deleteLater();
        constexpr int success = 2;
        Q_EMIT loggedOut(outcome.status / 100 == success);
    });
    QNetworkRequest request = requestTo(m_kind.logout);
    request.setRawHeader("Authorization", "Bearer " + accessToken.bytes().toByteArray());
    farewell->start(request, m_kind.logout.method, {});
}

void HttpTokenClient::know(const Secret &accessToken, const Secret &refreshToken)
{
    m_redactor.rememberRefreshToken(refreshToken);
    m_redactor.rememberAccessToken(accessToken);
    m_redactor.hold(Redactor::Role::RefreshToken, refreshToken);
    m_redactor.hold(Redactor::Role::AccessToken, accessToken);
}

void HttpTokenClient::cancel()
{
    m_exchange.reset();
}

std::unique_ptr<HttpExchange> HttpTokenClient::exchange(const Fingerprint &pin)
{
    return std::make_unique<HttpExchange>(m_network, pin, m_deadlines);
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

void HttpTokenClient::onFinished(const Request &sent, const HttpOutcome &outcome)
{
    const TokenAnswer answer = answerFrom(sent, outcome);
    m_exchange.release()->deleteLater();
    qCInfo(wireLog) << m_server.host() << nameOf(typeOf(sent.grant)) << "answered with status"
                    << outcome.status << "after"
                    << (m_deadlines.now().steady - sent.sentAt.steady).count() << "ms";
    Q_EMIT answered(answer);
}

TokenAnswer HttpTokenClient::answerFrom(const Request &sent, const HttpOutcome &outcome)
{
    if (m_exchange->untrusted())
        return Untrusted{redacted(*m_exchange->untrusted())};
    if (!outcome.isSuccess())
        return errorFrom(sent, outcome);
    const ReplyTrace trace = traceOf(sent);
    const auto reply = TokenReply::fromJson(outcome.body, m_kind);
    if (!reply)
        return badReply(reply.error(), trace);
    remember(*reply);
    const TokenAnswer answer = judged(sent, redacted(*reply), trace);
    if (!std::holds_alternative<AuthError>(answer))
        hold(sent.grant, *reply);
    return answer;
}

TokenAnswer HttpTokenClient::judged(
    const Request &sent, const TokenReply &reply, const ReplyTrace &trace) const
{
    if (m_redactor.forbids(reply.accessToken))
        return badReply(u"a secret in place of the access token"_s, trace);
    if (typeOf(sent.grant) == GrantType::Refresh && !reply.hasAccess())
        return badReply(u"no access token"_s, trace);
    if (reply.needsCode())
        return CodeAsked{reply.mfaToken, trace};
    if (reply.needsSingleSignOn())
        return AuthError{AuthError::Type::Rejected, ok, {}, u"single sign-on"_s, false, trace};
    return Granted{reply, sent.sentAt, clockOffset(reply, sent.sentAt), trace};
}

void HttpTokenClient::remember(const Grant &grant)
{
    std::visit(Overloaded{
                   [this](const PasswordGrant &g) { m_redactor.rememberCredential(g.password); },
                   [this](const MfaGrant &g) {
                       m_redactor.rememberCredential(g.ticket);
                       m_redactor.rememberCredential(g.code);
                       m_redactor.hold(Redactor::Role::Ticket, g.ticket);
                   },
                   [this](const RefreshGrant &g) {
                       m_redactor.rememberRefreshToken(g.refreshToken);
                       m_redactor.hold(Redactor::Role::RefreshToken, g.refreshToken);
                   },
               },
        grant);
}

void HttpTokenClient::remember(const TokenReply &reply)
{
    m_redactor.rememberCredential(reply.mfaToken);
    m_redactor.rememberRefreshToken(reply.refreshToken);
    m_redactor.rememberAccessToken(reply.accessToken);
}

//! A good answer proves the password, and its tokens are in use from now on. Wrong passwords, and
//! what bad replies brought, are remembered only: there may be any number of them.
void HttpTokenClient::hold(const Grant &grant, const TokenReply &reply)
{
    if (const auto *password = std::get_if<PasswordGrant>(&grant))
        m_redactor.hold(Redactor::Role::Password, password->password);
    m_redactor.hold(Redactor::Role::Ticket, reply.mfaToken);
    m_redactor.hold(Redactor::Role::RefreshToken, reply.refreshToken);
    m_redactor.hold(Redactor::Role::AccessToken, reply.accessToken);
}

//! Withholds secrets from all of a reply that is ever shown. The token's type needs no look: it is
//! `bearer`, in whatever case.
TokenReply HttpTokenClient::redacted(TokenReply reply) const
{
    for (QString *name : {&reply.userId, &reply.username, &reply.roleName, &reply.userType})
        *name = nameFrom(*name, m_redactor);
    // Where the user name is also the password, the name that was typed is shown instead.
    if (reply.username == Redactor::withheld)
        reply.username.clear();
    if (reply.expiresIn && m_redactor.finds(QString::number(reply.expiresIn->count())))
        reply.expiresIn.reset();
    for (auto *time : {&reply.issued, &reply.expires}) {
        if (*time && m_redactor.finds(textOf(**time)))
            time->reset();
    }
    return reply;
}

Certificate HttpTokenClient::redacted(Certificate certificate) const
{
    certificate.subject = nameFrom(certificate.subject, m_redactor);
    certificate.issuer = nameFrom(certificate.issuer, m_redactor);
    return certificate;
}

AuthError HttpTokenClient::errorFrom(const Request &sent, const HttpOutcome &outcome) const
{
    AuthError error = authErrorFrom(outcome, typeOf(sent.grant), m_kind, m_deadlines.now().wall);
    error.trace = traceOf(sent);
    error.trace.proxy = outcome.proxy;
    error.trace.othersPlace = outcome.othersPlace;
    error.trace.words = applianceMessage(outcome, m_redactor);
    return error;
}

ReplyTrace HttpTokenClient::traceOf(const Request &sent) const
{
    return {sent.id, {}, m_exchange->date()};
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
