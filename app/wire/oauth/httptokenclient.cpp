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

//! RFC 6749 §2.3.1.
QByteArray basic(const QString &clientId, const Secret &clientSecret)
{
    const QByteArray both =
        QUrl::toPercentEncoding(clientId) + ':' + clientSecret.toByteArray().toPercentEncoding();
    return "Basic " + both.toBase64();
}

//! The one that the appliance took last, else the newest.
QString versionFor(const Kind &kind, const RequestContext &context)
{
    const QStringList &versions = kind.versions.values;
    return versions.isEmpty() || versions.contains(context.apiVersion) ? context.apiVersion
                                                                       : versions.first();
}

//! It may have granted tokens, which are lost then.
AuthError badReply(const QString &why, const ReplyTrace &trace)
{
    return {AuthError::Type::BadReply, ok, {}, why, true, trace};
}

} // namespace

HttpTokenClient::HttpTokenClient(Endpoint endpoint, const Kinds &kinds, Network network,
    DeadlineQueue &deadlines, QObject *parent)
    : TokenClient(parent)
    , m_endpoint(std::move(endpoint))
    , m_kinds(kinds)
    , m_network(std::move(network))
    , m_deadlines(deadlines)
{
}

HttpTokenClient::~HttpTokenClient() = default;

void HttpTokenClient::send(const Grant &grant, const Fingerprint &pin)
{
    cancel();
    remember(grant);
    const auto kind = m_kinds.find(m_endpoint.kind);
    if (!kind)
        return answerSoon(AuthError{AuthError::Type::KindMissing, 0, {}, m_endpoint.kind});
    if (const auto *password = std::get_if<PasswordGrant>(&grant))
        m_attempt = {m_context.apiVersion, {}, password->clientSecret, kind->digest};
    const bool isSignIn = typeOf(grant) != GrantType::Refresh;
    const RequestContext &context = isSignIn ? m_attempt : m_context;
    if (context.kindDigest != kind->digest)
        return answerSoon(AuthError{AuthError::Type::KindChanged, 0, {}, m_endpoint.kind});
    const QString version = versionFor(*kind, context);
    QStringList others = kind->versions.values;
    others.removeAll(version);
    post({grant, pin, *kind, version, others, context});
}

void HttpTokenClient::answerSoon(const TokenAnswer &answer)
{
    m_soon = std::make_unique<QObject>();
    QMetaObject::invokeMethod(
        m_soon.get(), [this, answer] { Q_EMIT answered(answer); }, Qt::QueuedConnection);
}

void HttpTokenClient::post(Request request)
{
    request.sentAt = m_deadlines.now();
    request.id = QUuid::createUuid();
    m_exchange = exchange(request.pin);
    connect(m_exchange.get(), &HttpExchange::finished, this,
        [this, request](const HttpOutcome &outcome) { onFinished(request, outcome); });
    RequestBody body = bodyOf(request.grant, request.kind, request.version, m_endpoint.clientId);
    QNetworkRequest http =
        requestTo(request.kind.token.path, request.kind, request.version, request.context);
    http.setHeader(QNetworkRequest::ContentTypeHeader, body.contentType);
    http.setRawHeader("traceparent", traceParent(request.id));
    qCDebug(wireLog).noquote() << m_endpoint.server.host() << "is asked for"
                               << nameOf(typeOf(request.grant)) << "as"
                               << request.id.toString(QUuid::WithoutBraces);
    m_exchange->start(http, "POST", body.bytes);
    wipe(body.bytes);
}

void HttpTokenClient::logOut(const Farewell &farewell, const Fingerprint &pin)
{
    m_redactor.rememberAccessToken(farewell.accessToken);
    m_redactor.rememberRefreshToken(farewell.refreshToken);
    const auto kind = m_kinds.find(m_endpoint.kind);
    const bool isSame = kind && kind->digest == m_context.kindDigest;
    if (isSame && kind->logout && logoutForm(farewell, *kind, m_endpoint.clientId))
        return post(LogoutRequest{farewell, pin, *kind, m_context, kind->logout->paths});
    QMetaObject::invokeMethod(this, [this] { Q_EMIT loggedOut(false); }, Qt::QueuedConnection);
}

void HttpTokenClient::post(const LogoutRequest &request)
{
    const Kind::Logout &logout = *request.kind.logout;
    HttpExchange *farewell = exchange(request.pin).release();
    farewell->setParent(this);
    connect(farewell, &HttpExchange::finished, this,
        [this, farewell, request](const HttpOutcome &outcome) {
            farewell->deleteLater();
            onLogoutFinished(request, outcome);
        });
    QNetworkRequest http = requestTo(request.paths.first(), request.kind,
        versionFor(request.kind, request.context), request.context);
    if (logout.bearer)
        http.setRawHeader("Authorization", "Bearer " + request.farewell.accessToken.toByteArray());
    if (!logout.fields.isEmpty())
        http.setHeader(QNetworkRequest::ContentTypeHeader, formType);
    QByteArray body =
        logoutForm(request.farewell, request.kind, m_endpoint.clientId).value_or(QByteArray());
    farewell->start(http, logout.method, body);
    wipe(body);
}

//! An appliance that does not know the path may know the next one.
void HttpTokenClient::onLogoutFinished(LogoutRequest sent, const HttpOutcome &outcome)
{
    constexpr int success = 2;
    constexpr int notFound = 404;
    constexpr int methodNotAllowed = 405;
    const bool isUnknown = outcome.status == notFound || outcome.status == methodNotAllowed;
    sent.paths.removeFirst();
    if (isUnknown && !sent.paths.isEmpty())
        return post(sent);
    Q_EMIT loggedOut(outcome.status / 100 == success);
}

void HttpTokenClient::know(
    const Secret &accessToken, const Secret &refreshToken, const RequestContext &context)
{
    m_context = context;
    hold(context);
    m_redactor.rememberRefreshToken(refreshToken);
    m_redactor.rememberAccessToken(accessToken);
    m_redactor.hold(Redactor::Role::RefreshToken, refreshToken);
    m_redactor.hold(Redactor::Role::AccessToken, accessToken);
}

void HttpTokenClient::cancel()
{
    m_exchange.reset();
    m_soon.reset();
}

std::unique_ptr<HttpExchange> HttpTokenClient::exchange(const Fingerprint &pin)
{
    return std::make_unique<HttpExchange>(m_network, pin, m_deadlines);
}

QNetworkRequest HttpTokenClient::requestTo(const QString &path, const Kind &kind,
    const QString &version, const RequestContext &context) const
{
    QUrl url = m_endpoint.server;
    QString base = url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    url.setPath(base + Kind::filledIn(path, version));
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json");
    if (!kind.versions.header.isEmpty())
        request.setRawHeader(kind.versions.header, version.toUtf8());
    if (!context.cookies.isEmpty() && kind.token.keepsCookies)
        request.setRawHeader("Cookie", context.cookies.toByteArray());
    if (!context.clientSecret.isEmpty() && kind.hasClients())
        request.setRawHeader("Authorization", basic(m_endpoint.clientId, context.clientSecret));
    return request;
}

void HttpTokenClient::onFinished(const Request &sent, const HttpOutcome &outcome)
{
    const TokenAnswer answer = answerFrom(sent, outcome);
    qCInfo(wireLog) << m_endpoint.server.host() << nameOf(typeOf(sent.grant))
                    << "answered with status" << outcome.status << "after"
                    << (m_deadlines.now().steady - sent.sentAt.steady).count() << "ms";
    m_exchange.release()->deleteLater();
    const bool isVersionRefused = refusesVersion(outcome, typeOf(sent.grant), sent.kind);
    if (!isVersionRefused)
        Q_EMIT answered(answer);
    else if (!sent.otherVersions.isEmpty())
        tryNextVersion(sent, answer);
    else
        Q_EMIT answered(sent.doubt.value_or(answer));
}

//! Only if all versions give the same proof, it is one.
void HttpTokenClient::tryNextVersion(const Request &refused, const TokenAnswer &answer)
{
    Request next = refused;
    next.version = next.otherVersions.takeFirst();
    const auto *error = std::get_if<AuthError>(&answer);
    const bool mayBeProof = error && error->type == AuthError::Type::Expired;
    if (!next.doubt && !mayBeProof)
        next.doubt = answer;
    post(next);
}

TokenAnswer HttpTokenClient::answerFrom(const Request &sent, const HttpOutcome &outcome)
{
    if (m_exchange->untrusted())
        return Untrusted{redacted(*m_exchange->untrusted())};
    if (!outcome.isSuccess() && !outcome.isSuccess(sent.kind.codeStatus))
        return errorFrom(sent, outcome);
    const ReplyTrace trace = traceOf(sent);
    const auto reply = TokenReply::fromJson(outcome.body, sent.kind);
    if (!reply)
        return badReply(reply.error(), trace);
    remember(*reply);
    TokenAnswer answer = judged(sent, redacted(*reply), trace);
    if (std::holds_alternative<AuthError>(answer))
        return answer;
    hold(sent.grant, *reply);
    m_attempt = contextAfter(sent);
    if (auto *granted = std::get_if<Granted>(&answer)) {
        granted->context = m_attempt;
        m_context = m_attempt;
        hold(m_context);
    }
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

RequestContext HttpTokenClient::contextAfter(const Request &sent)
{
    RequestContext context = sent.context;
    context.apiVersion = sent.version;
    const Secret cookies = m_exchange->cookies();
    if (sent.kind.token.keepsCookies && !cookies.isEmpty())
        context.cookies = cookies;
    m_redactor.rememberCredential(context.cookies);
    return context;
}

void HttpTokenClient::remember(const Grant &grant)
{
    std::visit(Overloaded{
                   [this](const PasswordGrant &g) {
                       m_redactor.rememberCredential(g.password);
                       m_redactor.rememberCredential(g.clientSecret);
                   },
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

void HttpTokenClient::hold(const RequestContext &context)
{
    m_redactor.rememberCredential(context.cookies);
    m_redactor.rememberCredential(context.clientSecret);
    m_redactor.hold(Redactor::Role::Cookies, context.cookies);
    m_redactor.hold(Redactor::Role::ClientSecret, context.clientSecret);
}

//! Withholds secrets from all of a reply that is ever shown. The token's type needs no look: it is
//! `bearer`, in whatever case.
TokenReply HttpTokenClient::redacted(TokenReply reply) const
{
    for (QString *name : {&reply.userId, &reply.username, &reply.roleName, &reply.userType,
             &reply.claimedUser, &reply.claimedRole})
        *name = nameFrom(*name, m_redactor);
    // Where the user name is also the password, the name that was typed is shown instead.
    for (QString *user : {&reply.username, &reply.claimedUser}) {
        if (*user == Redactor::withheld)
            user->clear();
    }
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
    AuthError error = authErrorFrom(outcome, typeOf(sent.grant), sent.kind, m_deadlines.now().wall);
    error.trace = traceOf(sent);
    error.trace.proxy = outcome.proxy;
    error.trace.othersPlace = outcome.othersPlace;
    if (error.type == AuthError::Type::Rejected)
        error.trace.hint = sent.kind.hints;
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
