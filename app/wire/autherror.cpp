// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/autherror.h"

#include "base/scriptname.h"
#include "wire/httpdate.h"
#include "wire/kind.h"
#include "wire/tlslook.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

using namespace Qt::StringLiterals;
using std::chrono::seconds;

namespace latchkey {

namespace {

//! Errors of the connection itself; those that stand for an HTTP status are numbered from 201 on.
bool isTransportError(QNetworkReply::NetworkError error)
{
    return error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied;
}

//! Not with a status of 400 and up: Qt says ProtocolInvalidOperationError of every plain 400.
bool isProtocolError(const HttpOutcome &outcome)
{
    return outcome.status < 400 && outcome.error >= QNetworkReply::ProtocolUnknownError
        && outcome.error <= QNetworkReply::ProtocolFailure;
}

AuthError::Kind transportKind(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::TimeoutError:
        return AuthError::Kind::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return AuthError::Kind::TlsRefused;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return AuthError::Kind::ProxyUnreachable;
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return AuthError::Kind::ProxyRefused;
    case QNetworkReply::UnknownProxyError:
        return AuthError::Kind::ProxyUnusable;
    default: // the others of Qt's 30 all mean that nobody was reached
        return AuthError::Kind::Offline;
    }
}

//! Nothing where there is an answer to judge.
std::optional<AuthError::Kind> transportKind(const HttpOutcome &outcome)
{
    if (outcome.timedOut) {
        const bool isProxySilent = outcome.wasHeldBack && !outcome.proxy.isEmpty();
        return isProxySilent ? AuthError::Kind::ProxyUnreachable : AuthError::Kind::Timeout;
    }
    if (outcome.tooLarge || isProtocolError(outcome))
        return AuthError::Kind::BadReply;
    if (outcome.greeting)
        return tlsProblemFrom(*outcome.greeting);
    if (outcome.proxyStatus != 0)
        return AuthError::Kind::ProxyRefused;
    if (isTransportError(outcome.error))
        return transportKind(outcome.error);
    return outcome.status == 0 ? std::optional(AuthError::Kind::Offline) : std::nullopt;
}

std::optional<QJsonObject> jsonBody(const HttpOutcome &outcome)
{
    const QByteArray type = outcome.contentType.split(';').first().trimmed().toLower();
    if (type != "application/json" && type != "application/problem+json")
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(outcome.body);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

//! A validation problem that names the ticket: a new code will not help.
bool blamesTicket(const QJsonObject &problem, const Kind &kind)
{
    const QString ticket = QString::fromUtf8(kind.request.mfaToken);
    const QStringList fields = problem.value("errors"_L1).toObject().keys();
    return fields.contains(ticket, Qt::CaseInsensitive);
}

AuthError::Kind refusalKind(const QJsonObject &problem, GrantType grant, const Kind &kind)
{
    switch (grant) {
    case GrantType::Password:
        return AuthError::Kind::Rejected;
    case GrantType::Mfa:
        return blamesTicket(problem, kind) ? AuthError::Kind::Expired
                                           : AuthError::Kind::CodeRejected;
    case GrantType::Refresh:
        return AuthError::Kind::Expired;
    }
    Q_UNREACHABLE();
}

AuthError::Kind statusKind(const HttpOutcome &outcome, GrantType grant, const Kind &kind)
{
    const auto problem = jsonBody(outcome);
    switch (outcome.status) {
    case 400:
    case 401:
        return problem ? refusalKind(*problem, grant, kind) : AuthError::Kind::BadReply;
    case 403: // a licence that waits for its acceptance, or a gate before the appliance
        return problem && grant != GrantType::Refresh ? AuthError::Kind::Rejected
                                                      : AuthError::Kind::ServerBusy;
    case 407:
        return AuthError::Kind::ProxyRefused;
    case 408:
        return AuthError::Kind::Timeout;
    case 423:
    case 429:
        return AuthError::Kind::ServerBusy;
    default:
        return outcome.status >= 500 ? AuthError::Kind::ServerBusy : AuthError::Kind::BadReply;
    }
}

AuthError::Kind kindOf(const HttpOutcome &outcome, GrantType grant, const Kind &kind)
{
    const auto transport = transportKind(outcome);
    return transport ? *transport : statusKind(outcome, grant, kind);
}

//! RFC 9110 §10.2.3: a number of seconds or an HTTP date.
std::optional<seconds> retryAfterFrom(const QByteArray &header, WallTime now)
{
    constexpr qlonglong day = 24 * 3600;
    bool isNumber = false;
    const qlonglong count = header.trimmed().toLongLong(&isNumber);
    if (isNumber)
        return count >= 0 ? std::optional(seconds(std::min(count, day))) : std::nullopt;
    const auto at = dateFromHttp(header);
    if (!at)
        return {};
    return std::max(std::chrono::ceil<seconds>(*at - now), seconds::zero());
}

//! A refusal is an answer; so is a connection that did not come about. Everything else leaves it
//! open whether the appliance has rotated the token.
bool isAnswerLost(const HttpOutcome &outcome)
{
    if (outcome.wasHeldBack || outcome.greeting)
        return false;
    if (outcome.status != 0)
        return outcome.timedOut || outcome.status < 300 || outcome.status >= 500;
    switch (outcome.error) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return false;
    default:
        return true;
    }
}

//! Qt tells a proxy's 407 by its error alone.
int statusOf(const HttpOutcome &outcome)
{
    if (outcome.proxyStatus != 0)
        return outcome.proxyStatus;
    constexpr int wantsSignIn = 407;
    return outcome.error == QNetworkReply::ProxyAuthenticationRequiredError ? wantsSignIn
                                                                            : outcome.status;
}

QString detailOf(const HttpOutcome &outcome)
{
    if (outcome.timedOut)
        return u"no reply in time"_s;
    if (outcome.tooLarge)
        return u"a reply of more than 1 MiB"_s;
    if (outcome.proxyStatus != 0)
        return u"the proxy's HTTP status %1"_s.arg(outcome.proxyStatus);
    const auto errors = QMetaEnum::fromType<QNetworkReply::NetworkError>();
    return u"HTTP status %1, %2"_s.arg(outcome.status)
        .arg(QLatin1StringView(errors.valueToKey(outcome.error)));
}

} // namespace

bool AuthError::isTransient() const
{
    switch (kind) {
    case Kind::Offline:
    case Kind::Timeout:
    case Kind::ServerBusy:
    case Kind::BadReply:
    case Kind::TlsUntrusted:
    case Kind::TlsTooOld:
    case Kind::TlsRefused:
    case Kind::PlainHttp:
    case Kind::NotTls:
    case Kind::ProxyUnreachable:
    case Kind::ProxyRefused:
    case Kind::ProxyUnusable:
    case Kind::StoreUnavailable:
    case Kind::StoreLocked:
    case Kind::StoreDenied:
    case Kind::StoreSlow:
    case Kind::StoreElsewhere:
    case Kind::StoreDiskFull:
    case Kind::StoreNotWritable:
        return true;
    case Kind::Rejected:
    case Kind::CodeRejected:
    case Kind::Expired:
    case Kind::StoreKeyMissing:
    case Kind::StoreDamaged:
        return false;
    }
    Q_UNREACHABLE();
}

QString AuthError::name() const
{
    return scriptNameOf(kind);
}

bool HttpOutcome::isSuccess() const
{
    return !timedOut && !tooLarge && error == QNetworkReply::NoError && status == 200;
}

std::optional<AuthError> transportErrorFrom(const HttpOutcome &outcome)
{
    const auto kind = transportKind(outcome);
    if (!kind)
        return {};
    AuthError error{*kind, statusOf(outcome), {}, detailOf(outcome), isAnswerLost(outcome)};
    error.trace.proxy = outcome.proxy;
    return error;
}

AuthError authErrorFrom(const HttpOutcome &outcome, GrantType grant, const Kind &kind, WallTime now)
{
    AuthError error{kindOf(outcome, grant, kind), statusOf(outcome),
        retryAfterFrom(outcome.retryAfter, now), detailOf(outcome), isAnswerLost(outcome)};
    error.trace.proxy = outcome.proxy;
    return error;
}

} // namespace latchkey
