// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/tokenset.h"

#include "session/account.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int recordVersion = 1;

Identity identityFrom(const TokenReply &reply)
{
    return {reply.userId, reply.username, reply.roleName, reply.userType,
        reply.mfaEnabled.value_or(false), reply.shortLived.value_or(false), reply.latestNewsShown};
}

qint64 millisecondsSince1970(WallTime time)
{
    return time.time_since_epoch().count();
}

//! Refuses times after the year 10000: none of our records has them, and computing with them
//! overflows.
std::optional<WallTime> wallTimeFrom(const QJsonValue &value)
{
    constexpr double year10000 = 253402300800000;
    if (!value.isDouble() || std::abs(value.toDouble()) >= year10000)
        return {};
    return WallTime(Milliseconds(value.toInteger()));
}

//! A moment in an earlier run; only its distance from now on the wall clock is known.
std::optional<Instant> instantFrom(const QJsonValue &value, const Instant &now)
{
    const auto time = wallTimeFrom(value);
    return time ? std::optional(now + (*time - now.wall)) : std::nullopt;
}

void insert(QJsonObject &json, const QString &key, const std::optional<qint64> &number)
{
    if (number)
        json.insert(key, *number);
}

void insert(QJsonObject &json, const QString &key, const std::optional<WallTime> &time)
{
    if (time)
        json.insert(key, millisecondsSince1970(*time));
}

QString take(const QJsonObject &json, QLatin1StringView key)
{
    return json.value(key).toString();
}

Identity identityFrom(const QJsonObject &json)
{
    const QJsonValue latestNewsShown = json.value("latestNewsShown"_L1);
    return {take(json, "userId"_L1), take(json, "userName"_L1), take(json, "role"_L1),
        take(json, "userType"_L1), json.value("secondFactor"_L1).toBool(),
        json.value("shortLived"_L1).toBool(),
        latestNewsShown.isBool() ? std::optional(latestNewsShown.toBool()) : std::nullopt};
}

//! Records of earlier versions have none.
RequestContext contextFrom(const QJsonObject &json)
{
    return {take(json, "apiVersion"_L1), Secret::fromString(take(json, "cookies"_L1)),
        Secret::fromString(take(json, "clientSecret"_L1)), take(json, "kindDigest"_L1).toLatin1()};
}

//! Records of the first versions have no kind, and the address in its readable form.
bool isOf(const QJsonObject &json, const Account &account)
{
    return QUrl(take(json, "server"_L1)) == account.server && take(json, "user"_L1) == account.user
        && json.value("kind"_L1).toString(account.kind) == account.kind;
}

//! Nobody else tells who is signed in, and as what.
void takeClaims(Identity &identity, const TokenReply &reply)
{
    if (identity.userName.isEmpty())
        identity.userName = reply.claimedUser;
    if (identity.role.isEmpty())
        identity.role = reply.claimedRole;
}

//! What the reply alone tells.
TokenSet setFrom(const Granted &granted, bool codeWasAsked)
{
    const TokenReply &reply = granted.reply;
    TokenSet set{reply.accessToken, reply.refreshToken, reply.tokenType, granted.sentAt,
        granted.sentAt + reply.accessLife(), {}, identityFrom(reply), granted.clockOffset,
        reply.issued, reply.expires, granted.context};
    if (const auto life = reply.refreshLife())
        set.refreshEnd = granted.sentAt + *life;
    set.identity.secondFactor = set.identity.secondFactor || codeWasAsked;
    return set;
}

} // namespace

TokenSet TokenSet::from(const Granted &granted, bool codeWasAsked)
{
    TokenSet set = setFrom(granted, codeWasAsked);
    takeClaims(set.identity, granted.reply);
    return set;
}

TokenSet TokenSet::from(const Granted &granted, const TokenSet &before)
{
    TokenSet set = setFrom(granted, before.identity.secondFactor);
    if (set.refreshToken.isEmpty()) {
        set.refreshToken = before.refreshToken;
        set.refreshEnd = before.refreshEnd;
    }
    if (!granted.reply.shortLived)
        set.identity.shortLived = before.identity.shortLived;
    if (!granted.reply.latestNewsShown)
        set.identity.latestNewsShown = before.identity.latestNewsShown;
    const auto keep = [&](QString Identity::*field) {
        if ((set.identity.*field).isEmpty())
            set.identity.*field = before.identity.*field;
    };
    keep(&Identity::userId);
    keep(&Identity::userName);
    keep(&Identity::role);
    keep(&Identity::userType);
    takeClaims(set.identity, granted.reply);
    return set;
}

Secret TokenSet::toRecord(const Account &account, const Instant &now) const
{
    const auto wall = [&](const Instant &instant) {
        return millisecondsSince1970(onTheWall(instant, now));
    };
    QJsonObject json{{u"version"_s, recordVersion},
        {u"server"_s, account.server.toString(QUrl::FullyEncoded)}, {u"user"_s, account.user},
        {u"kind"_s, account.kind}, {u"accessToken"_s, accessToken.toString()},
        {u"refreshToken"_s, refreshToken.toString()}, {u"tokenType"_s, tokenType},
        {u"grantedAt"_s, wall(grantedAt)}, {u"accessEnd"_s, wall(accessEnd)},
        {u"userId"_s, identity.userId}, {u"userName"_s, identity.userName},
        {u"role"_s, identity.role}, {u"userType"_s, identity.userType},
        {u"secondFactor"_s, identity.secondFactor}, {u"shortLived"_s, identity.shortLived},
        {u"clientId"_s, account.clientId}, {u"clientSecret"_s, context.clientSecret.toString()},
        {u"apiVersion"_s, context.apiVersion}, {u"cookies"_s, context.cookies.toString()},
        {u"kindDigest"_s, QString::fromLatin1(context.kindDigest)},
        {u"policy"_s, scriptName(account.policy)}, {u"pin"_s, account.pin.toText()}};
    insert(json, u"refreshEnd"_s, refreshEnd ? std::optional(wall(*refreshEnd)) : std::nullopt);
    insert(json, u"clockOffset"_s,
        clockOffset ? std::optional<qint64>(clockOffset->count()) : std::nullopt);
    insert(json, u"issued"_s, issued);
    insert(json, u"expires"_s, expires);
    if (identity.latestNewsShown)
        json.insert(u"latestNewsShown"_s, *identity.latestNewsShown);
    QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    Secret record = Secret::fromBytes(text);
    wipe(text);
    return record;
}

std::optional<TokenSet> TokenSet::fromRecord(
    const Secret &record, const Account &account, const Instant &now)
{
    const QJsonObject json = QJsonDocument::fromJson(record.toByteArray()).object();
    const auto grantedAt = instantFrom(json.value("grantedAt"_L1), now);
    const auto accessEnd = instantFrom(json.value("accessEnd"_L1), now);
    if (json.value("version"_L1).toInt() != recordVersion || !grantedAt || !accessEnd
        || !isOf(json, account))
        return {};
    TokenSet set{Secret::fromString(take(json, "accessToken"_L1)),
        Secret::fromString(take(json, "refreshToken"_L1)), take(json, "tokenType"_L1), *grantedAt,
        *accessEnd, instantFrom(json.value("refreshEnd"_L1), now), identityFrom(json), {},
        wallTimeFrom(json.value("issued"_L1)), wallTimeFrom(json.value("expires"_L1)),
        contextFrom(json)};
    // Granted in the future: the clock was set back since, so this says nothing about the end.
    if (set.grantedAt.wall > now.wall)
        set.accessEnd = now;
    if (json.contains("clockOffset"_L1))
        set.clockOffset = std::chrono::seconds(json.value("clockOffset"_L1).toInteger());
    return set;
}

Account TokenSet::sealedAccount(const Secret &record, Account account)
{
    const QJsonObject json = QJsonDocument::fromJson(record.toByteArray()).object();
    Account owner = account;
    owner.user = take(json, "user"_L1);
    owner.kind = json.value("kind"_L1).toString(account.kind);
    owner.clientId = take(json, "clientId"_L1);
    if (const auto made = Account::make(owner, take(json, "server"_L1)))
        account = *made;
    const QJsonValue policy = json.value("policy"_L1);
    const QJsonValue pin = json.value("pin"_L1);
    if (policy.isString())
        account.policy = handOutPolicyFrom(policy.toString()).value_or(HandOutPolicy::Never);
    if (pin.isString())
        account.pin = Fingerprint::fromText(pin.toString()).value_or(Fingerprint());
    return account;
}

} // namespace latchkey
