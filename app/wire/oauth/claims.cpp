// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/claims.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! RFC 7519 §2, NumericDate: seconds since 1970, possibly with a fraction. 0 is no date.
std::optional<WallTime> numericDate(const QJsonValue &value)
{
    constexpr double year10000 = 253402300800.0;
    const double seconds = value.toDouble();
    if (!(seconds > 0 && seconds < year10000))
        return {};
    return WallTime(Milliseconds(std::llround(seconds * 1000)));
}

} // namespace

std::optional<std::chrono::seconds> Claims::life() const
{
    if (!issuedAt || !expiresAt)
        return {};
    const auto span = std::chrono::duration_cast<std::chrono::seconds>(*expiresAt - *issuedAt);
    return span > std::chrono::seconds::zero() ? std::optional(span) : std::nullopt;
}

std::optional<Claims> Claims::fromJwt(QByteArrayView token)
{
    const QList<QByteArray> parts = token.toByteArray().split('.');
    if (parts.size() != 3)
        return {};
    const auto payload = QByteArray::fromBase64Encoding(
        parts.at(1), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QJsonDocument json = QJsonDocument::fromJson(payload.decoded);
    if (!payload || !json.isObject())
        return {};
    const QJsonObject claims = json.object();
    const QString user = claims.value("unique_name"_L1).toString();
    return Claims{user.isEmpty() ? claims.value("preferred_username"_L1).toString() : user,
        claims.value("role"_L1).toString(), numericDate(claims.value("iat"_L1)),
        numericDate(claims.value("exp"_L1))};
}

} // namespace latchkey
