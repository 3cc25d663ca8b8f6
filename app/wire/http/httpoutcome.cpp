// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/httpoutcome.h"

#include "wire/http/tlslook.h"

#include <QMetaEnum>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! An error of the connection itself. Qt's errors for HTTP statuses have the numbers from 201 on.
bool isTransportError(QNetworkReply::NetworkError error)
{
    return error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied;
}

//! From 400 on Qt's code tells nothing: it is ProtocolInvalidOperationError for every plain 400.
bool isProtocolError(const HttpOutcome &outcome)
{
    return outcome.status < 400 && outcome.error >= QNetworkReply::ProtocolUnknownError
        && outcome.error <= QNetworkReply::ProtocolFailure;
}

AuthError::Type transportType(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::TimeoutError:
        return AuthError::Type::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return AuthError::Type::TlsRefused;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return AuthError::Type::ProxyUnreachable;
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return AuthError::Type::ProxyRefused;
    case QNetworkReply::UnknownProxyError:
        return AuthError::Type::ProxyUnusable;
    default: // the others of Qt's 30 all mean that nobody was reached
        return AuthError::Type::Offline;
    }
}

//! Nothing when an answer came that can be judged.
std::optional<AuthError::Type> transportType(const HttpOutcome &outcome)
{
    if (outcome.timedOut) {
        const bool isProxySilent = outcome.wasHeldBack && !outcome.proxy.isEmpty();
        return isProxySilent ? AuthError::Type::ProxyUnreachable : AuthError::Type::Timeout;
    }
    if (outcome.tooLarge || isProtocolError(outcome))
        return AuthError::Type::BadReply;
    if (outcome.greeting)
        return tlsProblemFrom(*outcome.greeting);
    if (!outcome.othersPlace.isEmpty())
        return AuthError::Type::OtherUser;
    if (outcome.proxyStatus != 0)
        return AuthError::Type::ProxyRefused;
    if (isTransportError(outcome.error))
        return transportType(outcome.error);
    return outcome.status == 0 ? std::optional(AuthError::Type::Offline) : std::nullopt;
}

//! Whether the appliance may have carried the request out and rotated the token. Certainly not when
//! it was refused, or when no connection came about.
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

//! A proxy's 407 comes from Qt as an error without a status.
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
    if (!outcome.othersPlace.isEmpty())
        return u"another user listens there"_s;
    if (outcome.proxyStatus != 0)
        return u"the proxy's HTTP status %1"_s.arg(outcome.proxyStatus);
    const auto errors = QMetaEnum::fromType<QNetworkReply::NetworkError>();
    return u"HTTP status %1, %2"_s.arg(outcome.status)
        .arg(QLatin1StringView(errors.valueToKey(outcome.error)));
}

} // namespace

bool HttpOutcome::isSuccess(int wanted) const
{
    return !timedOut && !tooLarge && error == QNetworkReply::NoError && status == wanted;
}

QByteArray HttpOutcome::mediaType() const
{
    return contentType.split(';').first().trimmed().toLower();
}

AuthError errorOf(AuthError::Type type, const HttpOutcome &outcome)
{
    AuthError error{type, statusOf(outcome), {}, detailOf(outcome), isAnswerLost(outcome)};
    error.trace.proxy = outcome.proxy;
    error.trace.othersPlace = outcome.othersPlace;
    return error;
}

std::optional<AuthError> transportErrorFrom(const HttpOutcome &outcome)
{
    const auto type = transportType(outcome);
    return type ? std::optional(errorOf(*type, outcome)) : std::nullopt;
}

} // namespace latchkey
