// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/tokenreply.h"

#include "base/byteordermark.h"
#include "wire/oauth/claims.h"
#include "wire/oauth/kind.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using std::chrono::seconds;

namespace latchkey {

namespace {

constexpr seconds defaultAccessLife = std::chrono::hours(1);
//! In bytes. Far more than any server takes in a header; two of them fit into a sealed file.
constexpr qsizetype longestToken = qsizetype{256} * 1024;

QString textFrom(const QJsonValue &value)
{
    return withoutByteOrderMarks(value.toString());
}

Secret secretFrom(const QJsonValue &value)
{
    return Secret::fromString(textFrom(value));
}

std::optional<bool> boolFrom(const QJsonValue &value)
{
    return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
}

//! A number, or a number in quotes, as some relatives of the appliance send it.
std::optional<seconds> secondsFrom(const QJsonValue &value)
{
    constexpr qint64 century = 100LL * 366 * 24 * 3600;
    const qint64 count = value.isString() ? value.toString().toLongLong() : value.toInteger();
    return count > 0 && count < century ? std::optional(seconds(count)) : std::nullopt;
}

//! `2021-10-04T15:04:04.9299072Z`; without a zone it is UTC, or no date where the kind says that.
//! The fraction is cut to milliseconds
//! first, because Qt would round .9999999 up to 1000 ms of the same second.
std::optional<WallTime> dateFrom(const QJsonValue &value, const Kind &kind)
{
    QString text = value.toString();
    const qsizetype dot = text.indexOf(u'.');
    if (dot > 0) {
        qsizetype end = dot + 1;
        while (end < text.size() && text.at(end).isDigit())
            ++end;
        text.remove(dot + 4, std::max<qsizetype>(0, end - dot - 4));
    }
    const qsizetype timeAt = text.indexOf(u'T');
    const bool hasZone = text.endsWith(u'Z') || text.indexOf(u'+', timeAt) > 0
        || text.indexOf(u'-', std::max<qsizetype>(timeAt, 0)) > timeAt;
    if (!hasZone && kind.hasLocalDates)
        return {};
    const QDateTime date =
        QDateTime::fromString(hasZone ? text : text + u'Z', Qt::ISODateWithMs).toUTC();
    if (!date.isValid() || date.date().year() < 1970 || date.date().year() > 9999)
        return {};
    return WallTime(Milliseconds(date.toMSecsSinceEpoch()));
}

} // namespace

seconds TokenReply::accessLife() const
{
    if (expiresIn)
        return *expiresIn;
    const auto claims = Claims::fromJwt(accessToken.bytes());
    const auto life = claims ? claims->life() : std::nullopt;
    return life.value_or(usualAccessLife.value_or(defaultAccessLife));
}

std::optional<seconds> TokenReply::refreshLife() const
{
    const auto claims = Claims::fromJwt(refreshToken.bytes());
    const auto life = claims ? claims->life() : std::nullopt;
    return life || refreshToken.isEmpty() ? life : usualRefreshLife;
}

Result<TokenReply, QString> TokenReply::fromJson(const QByteArray &json, const Kind &kind)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return u"not JSON: "_s + error.errorString();
    if (!document.isObject())
        return u"not a JSON object"_s;

    const QJsonObject object = document.object();
    const Kind::ReplyFields &field = kind.reply;
    TokenReply reply;
    const auto member = [&object](const QString &name) {
        return name.isEmpty() ? QJsonValue(QJsonValue::Undefined) : object.value(name);
    };
    reply.accessToken = secretFrom(member(field.accessToken));
    reply.refreshToken = secretFrom(member(field.refreshToken));
    reply.mfaToken = secretFrom(member(field.mfaToken));
    reply.tokenType = member(field.tokenType).toString(u"bearer"_s);
    reply.expiresIn = secondsFrom(member(field.expiresIn));
    reply.issued = dateFrom(member(field.issued), kind);
    reply.expires = dateFrom(member(field.expires), kind);
    reply.userId = textFrom(member(field.userId));
    reply.username = textFrom(member(field.username));
    reply.roleName = textFrom(member(field.roleName));
    reply.userType = textFrom(member(field.userType));
    reply.latestNewsShown = boolFrom(member(field.latestNewsShown));
    reply.mfaEnabled = boolFrom(member(field.mfaEnabled));
    reply.shortLived = boolFrom(member(field.shortLived));
    reply.redirectTo = textFrom(member(field.redirectTo));
    reply.usualAccessLife = kind.accessLife;
    reply.usualRefreshLife = kind.refreshLife;
    if (const auto claims = Claims::fromJwt(reply.accessToken.bytes())) {
        reply.claimedUser = claims->userName;
        reply.claimedRole = claims->role;
    }
    if (!reply.hasAccess() && !reply.needsCode() && !reply.needsSingleSignOn())
        return u"neither an access token nor a second factor's ticket"_s;
    if (std::max({reply.accessToken.size(), reply.refreshToken.size(), reply.mfaToken.size()})
        > longestToken)
        return u"a token that is too long"_s;
    if (reply.hasAccess() && reply.tokenType.compare("bearer"_L1, Qt::CaseInsensitive) != 0)
        return u"a token type other than bearer"_s;
    return reply;
}

} // namespace latchkey
