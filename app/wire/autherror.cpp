// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/autherror.h"

#include "base/scriptname.h"
#include "wire/httpdate.h"
#include "wire/kind.h"

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
    case QNetworkReply::ProxyTimeoutError:
        return AuthError::Kind::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return AuthError::Kind::TlsUntrusted;
    default: // the others of Qt's 30 all mean that nobody was reached
        return AuthError::Kind::Offline;
    }
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
        return AuthError::Kind::Offline;
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
    if (outcome.timedOut)
        return AuthError::Kind::Timeout;
    if (outcome.tooLarge || isProtocolError(outcome))
        return AuthError::Kind::BadReply;
    if (isTransportError(outcome.error))
        return transportKind(outcome.error);
    if (outcome.status == 0)
        return AuthError::Kind::Offline;
    return statusKind(outcome, grant, kind);
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
        return false;
    default:
        return true;
    }
}

QString detailOf(const HttpOutcome &outcome)
{
    if (outcome.timedOut)
        return u"no reply in time"_s;
    if (outcome.tooLarge)
        return u"a reply of more than 1 MiB"_s;
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

AuthError authErrorFrom(const HttpOutcome &outcome, GrantType grant, const Kind &kind, WallTime now)
{
    return {kindOf(outcome, grant, kind), outcome.status, retryAfterFrom(outcome.retryAfter, now),
        detailOf(outcome), isAnswerLost(outcome)};
}

} // namespace latchkey
