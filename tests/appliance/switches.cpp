// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "switches.h"

#include "dialects/dialect.h"

#include <QJsonDocument>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Row {
    Switch which;
    QLatin1StringView name;
    QLatin1StringView initial;
    QLatin1StringView
        shape; //!< the values that it takes; COUNT is 0 and up, INTEGER any, TEXT anything
    QLatin1StringView meaning;
};

constexpr std::array<Row, switchCount> table{{
    {Switch::Rotation, "rotation"_L1, "strict"_L1, "strict|lenient|keep"_L1,
        "strict: a refresh token works once; lenient: always; keep: no new one is given"_L1},
    {Switch::KillFamilyOnReuse, "killFamilyOnReuse"_L1, "false"_L1, "true|false"_L1,
        "a spent refresh token ends all tokens of its sign-in"_L1},
    {Switch::RefreshWindow, "refreshWindow"_L1, "sliding"_L1, "sliding|absolute"_L1,
        "whether each refresh gives the refresh token its full life again"_L1},
    {Switch::RefusalStatus, "refusalStatus"_L1, "401"_L1, "400|401"_L1,
        "how a password, code or refresh token is refused"_L1},
    {Switch::RefusalText, "refusalText"_L1, ""_L1, "TEXT"_L1, "said instead of the usual words"_L1},
    {Switch::LogoutKillsRefresh, "logoutKillsRefresh"_L1, "true"_L1, "true|false"_L1, ""_L1},
    {Switch::MfaEnabledInSecondReply, "mfaEnabledInSecondReply"_L1, "false"_L1, "true|false"_L1,
        "mfa_enabled after the code and after a refresh"_L1},
    {Switch::TicketLife, "ticketLife"_L1, "300"_L1, "COUNT"_L1, "seconds an mfa_token lives"_L1},
    {Switch::TicketTries, "ticketTries"_L1, "5"_L1, "COUNT"_L1, "wrong codes until it dies"_L1},
    {Switch::CodeOnce, "codeOnce"_L1, "false"_L1, "true|false"_L1,
        "a verification code works once only"_L1},
    {Switch::IdpUser, "idpUser"_L1, "redirect"_L1, "400|401|redirect"_L1,
        "the answer to a password of an identity provider's user"_L1},
    {Switch::LockoutTries, "lockoutTries"_L1, "0"_L1, "COUNT"_L1,
        "wrong passwords in a row until the user is locked out; 0: never"_L1},
    {Switch::AccessLife, "accessLife"_L1, "3600"_L1, "COUNT"_L1, "seconds"_L1},
    {Switch::RefreshLife, "refreshLife"_L1, "1209600"_L1, "COUNT"_L1, "seconds"_L1},
    {Switch::ShortRefreshLife, "shortRefreshLife"_L1, "900"_L1, "COUNT"_L1, "seconds"_L1},
    {Switch::Nulls, "nulls"_L1, "omit"_L1, "omit|explicit"_L1, "members without a value"_L1},
    {Switch::TokenType, "tokenType"_L1, "bearer"_L1, "TEXT"_L1, ""_L1},
    {Switch::ExpiresIn, "expiresIn"_L1, "number"_L1, "number|string|missing|INTEGER"_L1,
        "an integer is stated in place of the true life"_L1},
    {Switch::ExtraFields, "extraFields"_L1, "false"_L1, "true|false"_L1, "members nobody knows"_L1},
    {Switch::ClockSkew, "clockSkew"_L1, "0"_L1, "INTEGER"_L1,
        "seconds added to every time that is stated; true lives and codes go by the real clock"_L1},
    {Switch::DelayMs, "delayMs"_L1, "0"_L1, "COUNT"_L1, "wait at the token endpoint"_L1},
    {Switch::DelayWhere, "delayWhere"_L1, "beforeGrant"_L1, "beforeGrant|afterGrant"_L1,
        "beforeGrant: who hangs up meanwhile is granted nothing"_L1},
    {Switch::TokenSize, "tokenSize"_L1, "0"_L1, "COUNT"_L1,
        "tokens are padded to this many bytes"_L1},
    {Switch::Claims, "claims"_L1, "jwt"_L1, "jwt|opaque"_L1, ""_L1},
    {Switch::Jwt, "jwt"_L1, "signed"_L1, "signed|fast"_L1, "fast: one signature for all tokens"_L1},
    {Switch::CacheControl, "cacheControl"_L1, "true"_L1, "true|false"_L1,
        "Cache-Control: no-store with tokens"_L1},
    {Switch::AnonymousServiceIsUp, "anonymousServiceIsUp"_L1, "true"_L1, "true|false"_L1, ""_L1},
    {Switch::SystemState, "systemState"_L1, "Ready"_L1, "Ready|Upgrading|Unknown"_L1,
        "what system/status says"_L1},
    {Switch::Fault, "fault"_L1, "none"_L1,
        "none|status:COUNT|hang|closeBeforeReply|reset|notHttp|dropAfterCommit|truncate|huge:COUNT"
        "|deepJson:COUNT|redirect:TEXT|captivePortal|tlsAlert|licence"_L1,
        "misbehaviour of the token endpoint"_L1},
    {Switch::FaultCount, "faultCount"_L1, "-1"_L1, "INTEGER"_L1,
        "requests the fault still meets; -1: all, 0: none"_L1},
    {Switch::FaultGrant, "faultGrant"_L1, "any"_L1, "any|Password|Mfa|Refresh_token|logout"_L1,
        "the only requests the fault meets"_L1},
    {Switch::FaultBody, "faultBody"_L1, "problem"_L1,
        "json|problem|html|empty|garbage|text:TEXT"_L1, "the body of fault status:NNN"_L1},
    {Switch::FaultType, "faultType"_L1, ""_L1, "TEXT"_L1,
        "the Content-Type of fault status:NNN, instead of what its body is"_L1},
    {Switch::FaultHeader, "faultHeader"_L1, ""_L1, "TEXT"_L1,
        "one more header of fault status:NNN, as Name: value"_L1},
    {Switch::RetryAfter, "retryAfter"_L1, ""_L1, "TEXT"_L1,
        "the Retry-After header of fault status:NNN, as it stands"_L1},
    {Switch::Plant, "plant"_L1, ""_L1, "TEXT"_L1,
        "secrets where they do not belong: {\"roleName\": \"{password:hex}\", \"Server:\": \"…\"}"_L1},
    {Switch::RefuseAccess, "refuseAccess"_L1, "0"_L1, "INTEGER"_L1,
        "requests whose good access token is refused all the same; -1: all"_L1},
    {Switch::TlsVersion, "tlsVersion"_L1, "usual"_L1, "usual|1.1"_L1,
        "1.1: the appliance is old, and speaks no better"_L1},
    {Switch::LargestBody, "largestBody"_L1, "1048576"_L1, "COUNT"_L1,
        "a longer one is refused (413) before it has come, and the connection ends"_L1},
    {Switch::Versions, "versions"_L1, ""_L1, "TEXT"_L1,
        "versions of the API that are served, with commas (aws, gcp, vbr, m365)"_L1},
    {Switch::VersionWords, "versionWords"_L1, "header"_L1, "header|list|none"_L1,
        "a refused version's words: name the header; list what is served; say nothing"_L1},
    {Switch::Dates, "dates"_L1, "utc"_L1, "utc|offset|bare"_L1,
        ".issued and .expires: with Z, with +02:00, without a zone"_L1},
    {Switch::UsernameInReply, "usernameInReply"_L1, "false"_L1, "true|false"_L1,
        "vbr: username is in the reply, too"_L1},
    {Switch::LogoutPath, "logoutPath"_L1, "token"_L1, "token|oauth2"_L1,
        "gcp: a sign-out goes to the token path, or to /api/oauth2/token"_L1},
    {Switch::AntiForgery, "antiForgery"_L1, "true"_L1, "true|false"_L1,
        "m365: a cookie comes with tokens and has to go with a refresh"_L1},
    {Switch::UidInToken, "uidInToken"_L1, "true"_L1, "true|false"_L1,
        "vspc: access tokens tell the user's id, as nameid"_L1},
    {Switch::FormToo, "formToo"_L1, "false"_L1, "true|false"_L1,
        "vro: takes an urlencoded form, too"_L1},
    {Switch::Client, "client"_L1, ""_L1, "TEXT"_L1,
        "oauth2: the client it serves, as id:secret; empty: all"_L1},
}};

constexpr std::size_t indexOf(Switch which)
{
    return static_cast<std::size_t>(which);
}

constexpr bool isInOrder()
{
    for (std::size_t index = 0; index < table.size(); ++index) {
        if (indexOf(table[index].which) != index)
            return false;
    }
    return true;
}
static_assert(isInOrder());

bool fitsAlternative(QStringView value, QStringView alternative)
{
    if (const qsizetype colon = alternative.indexOf(':'_L1); colon > 0) {
        return value.startsWith(alternative.left(colon + 1))
            && fitsAlternative(value.mid(colon + 1), alternative.mid(colon + 1));
    }
    bool isInteger = false;
    const int number = value.toInt(&isInteger);
    if (alternative == "COUNT"_L1)
        return isInteger && number >= 0;
    if (alternative == "INTEGER"_L1)
        return isInteger;
    return alternative == "TEXT"_L1 || alternative == value;
}

bool fits(const QString &value, QLatin1StringView shape)
{
    const QStringList alternatives = QString(shape).split('|'_L1);
    return std::ranges::any_of(alternatives,
        [&](const QString &alternative) { return fitsAlternative(value, alternative); });
}

QString toText(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return QString::number(value.toDouble(), 'f', std::fmod(value.toDouble(), 1) == 0 ? 0 : 6);
    return value.toString();
}

QJsonValue toJsonValue(const Row &row, const QString &value)
{
    if (row.shape == "true|false"_L1)
        return value == "true"_L1;
    bool isInteger = false;
    const int number = value.toInt(&isInteger);
    return isInteger && row.shape != "TEXT"_L1 ? QJsonValue(number) : QJsonValue(value);
}

} // namespace

Switches::Switches(const Dialect &dialect)
{
    for (const Row &row : table)
        m_values[indexOf(row.which)] = row.initial;
    for (const QString &pair : words(dialect.switches)) {
        [[maybe_unused]] const QString complaint =
            set(pair.section('='_L1, 0, 0), pair.section('='_L1, 1));
        Q_ASSERT_X(complaint.isEmpty(), "Switches", qPrintable(complaint));
    }
}

QString Switches::set(const QString &name, const QString &value)
{
    const auto row = std::ranges::find(table, name, &Row::name);
    if (row == table.end())
        return u"There is no switch \"%1\"."_s.arg(name);
    if (!fits(value, row->shape))
        return u"Switch %1 takes %2, not \"%3\"."_s.arg(name, row->shape, value);
    m_values[indexOf(row->which)] = value;
    if (row->which == Switch::Fault)
        m_values[indexOf(Switch::FaultCount)] = u"-1"_s;
    return {};
}

QString Switches::set(const QJsonObject &values)
{
    // Members come in alphabetical order: `faultCount` after `fault`, which sets it, too.
    Switches changed = *this;
    for (auto member = values.begin(); member != values.end(); ++member) {
        if (const QString complaint = changed.set(member.key(), toText(*member));
            !complaint.isEmpty())
            return complaint;
    }
    *this = changed;
    return {};
}

bool Switches::isOn(Switch which) const
{
    return is(which, "true"_L1);
}

bool Switches::is(Switch which, QLatin1StringView value) const
{
    return m_values[indexOf(which)] == value;
}

int Switches::number(Switch which) const
{
    return m_values[indexOf(which)].toInt();
}

std::chrono::seconds Switches::seconds(Switch which) const
{
    return std::chrono::seconds(number(which));
}

QString Switches::text(Switch which) const
{
    return m_values[indexOf(which)];
}

bool Switches::isServed(const QString &version) const
{
    return text(Switch::Versions).split(','_L1).contains(version);
}

void Switches::useUpFault()
{
    if (const int left = number(Switch::FaultCount); left > 0)
        m_values[indexOf(Switch::FaultCount)] = QString::number(left - 1);
}

bool Switches::takeRefusal()
{
    const int left = number(Switch::RefuseAccess);
    if (left > 0)
        m_values[indexOf(Switch::RefuseAccess)] = QString::number(left - 1);
    return left != 0;
}

QJsonObject Switches::toJson() const
{
    QJsonObject object;
    for (const Row &row : table)
        object.insert(row.name, toJsonValue(row, text(row.which)));
    return object;
}

QString Switches::help()
{
    QStringList lines;
    for (const Row &row : table)
        lines.append(
            u"%1=%2 [%3] %4"_s.arg(row.name, row.shape, row.initial, row.meaning).trimmed());
    return lines.join('\n'_L1);
}

} // namespace latchkey::appliance
