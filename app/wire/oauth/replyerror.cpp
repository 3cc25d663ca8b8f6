// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/replyerror.h"

#include "wire/http/httpdate.h"
#include "wire/oauth/kind.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using std::chrono::seconds;

namespace latchkey {

namespace {

std::optional<QJsonObject> jsonBody(const HttpOutcome &outcome)
{
    const QByteArray type = outcome.mediaType();
    if (type != "application/json" && type != "application/problem+json")
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(outcome.body);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

//! It is the ticket that was wrong, so another code will not help.
bool blamesTicket(const QJsonObject &problem, const Kind &kind)
{
    const QString ticket = QString::fromUtf8(kind.request.mfaToken);
    const QStringList fields = problem.value("errors"_L1).toObject().keys();
    return fields.contains(ticket, Qt::CaseInsensitive);
}

//! Where the kind answers by RFC 6749, another error than `invalid_grant` proves nothing.
bool provesDeadToken(const QJsonObject &problem, const Kind &kind)
{
    return kind.proof == Kind::Proof::Status
        || problem.value("error"_L1).toString() == "invalid_grant"_L1;
}

//! RFC 6749 §5.2. It says nothing of the user's password, nor of a refresh token.
bool blamesClient(const QJsonObject &problem, const Kind &kind)
{
    const QString error = problem.value("error"_L1).toString();
    return kind.hasClients() && (error == "invalid_client"_L1 || error == "unauthorized_client"_L1);
}

AuthError::Type refreshRefusal(bool isProof, bool isPlain)
{
    if (!isProof)
        return AuthError::Type::BadReply;
    return isPlain ? AuthError::Type::Unproven : AuthError::Type::Expired;
}

AuthError::Type refusalType(
    const QJsonObject &problem, GrantType grant, const Kind &kind, bool isPlain)
{
    if (blamesClient(problem, kind))
        return AuthError::Type::ClientRejected;
    switch (grant) {
    case GrantType::Password:
        return AuthError::Type::Rejected;
    case GrantType::Mfa:
        return blamesTicket(problem, kind) ? AuthError::Type::Expired
                                           : AuthError::Type::CodeRejected;
    case GrantType::Refresh:
        return refreshRefusal(provesDeadToken(problem, kind), isPlain);
    }
    Q_UNREACHABLE();
}

//! What a refusal says to people, and which fields it names.
QString wordsOf(const QJsonObject &problem)
{
    QStringList words = problem.value("errors"_L1).toObject().keys();
    for (const auto member : {"title"_L1, "detail"_L1, "details"_L1, "message"_L1, "errorCode"_L1,
             "error_description"_L1})
        words.append(problem.value(member).toString());
    return words.join(u' ');
}

//! It says so itself.
bool blamesVersion(int status, const std::optional<QJsonObject> &problem, const Kind &kind)
{
    return status == 400 && problem && !kind.versions.header.isEmpty()
        && wordsOf(*problem).contains("version"_L1, Qt::CaseInsensitive);
}

AuthError::Type statusType(const HttpOutcome &outcome, GrantType grant, const Kind &kind)
{
    const auto problem = jsonBody(outcome);
    if (blamesVersion(outcome.status, problem, kind))
        return AuthError::Type::VersionRefused;
    switch (outcome.status) {
    case 400:
    case 401:
        return problem ? refusalType(*problem, grant, kind, outcome.isPlain)
                       : AuthError::Type::BadReply;
    case 403: // in JSON: somebody has to accept the licence; else from a gate before the appliance
        return problem && grant != GrantType::Refresh ? AuthError::Type::Rejected
                                                      : AuthError::Type::ServerBusy;
    case 407:
        return AuthError::Type::ProxyRefused;
    case 408:
        return AuthError::Type::Timeout;
    case 423:
    case 429:
        return AuthError::Type::ServerBusy;
    default:
        return outcome.status >= 500 ? AuthError::Type::ServerBusy : AuthError::Type::BadReply;
    }
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

} // namespace

bool refusesVersion(const HttpOutcome &outcome, GrantType grant, const Kind &kind)
{
    if (transportErrorFrom(outcome) || kind.versions.values.isEmpty())
        return false;
    if (kind.versions.header.isEmpty())
        return outcome.status == 404;
    return blamesVersion(outcome.status, jsonBody(outcome), kind)
        || (outcome.status == 400 && grant == GrantType::Refresh);
}

AuthError authErrorFrom(const HttpOutcome &outcome, GrantType grant, const Kind &kind, WallTime now)
{
    const auto transport = transportErrorFrom(outcome);
    AuthError error = transport ? *transport : errorOf(statusType(outcome, grant, kind), outcome);
    error.retryAfter = retryAfterFrom(outcome.retryAfter, now);
    return error;
}

} // namespace latchkey
