// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "loginreply.h"

#include "dialects/dialect.h"
#include "sessions.h"
#include "switches.h"
#include "users.h"

#include <QUrl>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString noDate = u"0001-01-01T00:00:00Z"_s;

QJsonObject emptyLogin(const Switches &switches, const User &user, bool isShortLived)
{
    return {{u"access_token"_s, QJsonValue::Null}, {u"refresh_token"_s, QJsonValue::Null},
        {u"mfa_token"_s, QJsonValue::Null}, {u"redirectTo"_s, QJsonValue::Null},
        {u"token_type"_s, switches.text(Switch::TokenType)}, {u"expires_in"_s, 0},
        {u".issued"_s, noDate}, {u".expires"_s, noDate}, {u"userId"_s, user.id},
        {u"username"_s, user.name}, {u"roleName"_s, user.role},
        {u"userType"_s, user.isIdentityProvider ? u"IdentityProvider"_s : u"Internal"_s},
        {u"userName"_s, user.name}, {u"user"_s, u"DOMAIN\\"_s + user.name},
        {u"user_role"_s, user.role}, {u"scope"_s, u"demo"_s}, {u"latestNewsShown"_s, true},
        {u"mfa_enabled"_s, false}, {u"shortLived"_s, isShortLived}};
}

void setExpiresIn(QJsonObject &login, const Switches &switches, std::chrono::seconds life)
{
    const QString how = switches.text(Switch::ExpiresIn);
    if (how == "missing"_L1)
        login.remove("expires_in"_L1);
    else if (how == "string"_L1)
        login.insert("expires_in"_L1, QString::number(life.count()));
    else
        login.insert("expires_in"_L1,
            how == "number"_L1 ? static_cast<qint64>(life.count()) : how.toLongLong());
}

void addUnknownFields(QJsonObject &login)
{
    login.insert("scope"_L1, u"everything"_s);
    login.insert("nextYearsField"_L1, QJsonObject{{u"access_token"_s, u"not this one"_s}});
}

void dropNulls(QJsonObject &login)
{
    for (auto member = login.begin(); member != login.end();)
        member = member->isNull() ? login.erase(member) : std::next(member);
}

void keepOnly(QJsonObject &login, const QStringList &members)
{
    for (auto member = login.begin(); member != login.end();)
        member = members.contains(member.key()) ? std::next(member) : login.erase(member);
}

QString dateOf(Instant instant, const Switches &switches)
{
    if (switches.is(Switch::Dates, "utc"_L1))
        return toDotNet(instant);
    return switches.is(Switch::Dates, "bare"_L1) ? toBareDate(instant) : toOffsetDate(instant);
}

HttpReply toReply(QJsonObject login, const Dialect &dialect, const Switches &switches)
{
    QStringList members = words(dialect.members);
    if (switches.isOn(Switch::UsernameInReply))
        members.append(u"username"_s);
    keepOnly(login, members);
    if (switches.isOn(Switch::ExtraFields))
        addUnknownFields(login);
    if (switches.is(Switch::Nulls, "omit"_L1))
        dropNulls(login);
    HttpReply reply = jsonReply(login);
    if (switches.isOn(Switch::CacheControl))
        reply.headers = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
    return reply;
}

} // namespace

HttpReply grantedReply(
    const Dialect &dialect, const Switches &switches, const User &user, const TokenPair &pair)
{
    QJsonObject login = emptyLogin(switches, user, pair.isShortLived);
    login.insert("access_token"_L1, QString::fromLatin1(pair.access));
    if (!pair.refresh.isEmpty())
        login.insert("refresh_token"_L1, QString::fromLatin1(pair.refresh));
    login.insert(".issued"_L1, dateOf(pair.issued, switches));
    login.insert(".expires"_L1, dateOf(pair.issued - 4ms + pair.life, switches));
    setExpiresIn(login, switches, pair.life);
    if (user.hasMfa())
        login.insert("mfa_enabled"_L1, switches.isOn(Switch::MfaEnabledInSecondReply));
    return toReply(login, dialect, switches);
}

HttpReply codeNeededReply(const Dialect &dialect, const Switches &switches, const User &user,
    const QString &ticket, bool isShortLived)
{
    QJsonObject login = emptyLogin(switches, user, isShortLived);
    login.insert("mfa_enabled"_L1, true);
    login.insert("mfa_token"_L1, ticket);
    HttpReply reply = toReply(login, dialect, switches);
    reply.status = dialect.ticketStatus;
    return reply;
}

HttpReply ssoReply(
    const Dialect &dialect, const Switches &switches, const User &user, bool isShortLived)
{
    QJsonObject login = emptyLogin(switches, user, isShortLived);
    login.insert("redirectTo"_L1,
        u"https://login.example.com/saml2?user="_s
            + QString::fromLatin1(QUrl::toPercentEncoding(user.name)));
    return toReply(login, dialect, switches);
}

} // namespace latchkey::appliance
