// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/dialect.h"

#include <algorithm>
#include <array>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

using Claims = Dialect::Claims;
using Logout = Dialect::Logout;
using SecondFactor = Dialect::SecondFactor;
using Shape = Dialect::Shape;
using Versions = Dialect::Versions;

constexpr auto familyMembers = "access_token token_type refresh_token expires_in .issued .expires "
                               "username roleName mfa_enabled mfa_token"_L1;

constexpr std::array table{
    Dialect{.kind = "azure"_L1,
        .tokenPath = "/api/oauth2/token"_L1,
        .grants = "Password Refresh_token Mfa"_L1,
        .mayOmitGrant = true,
        .spelling = Qt::CaseInsensitive,
        .shortLivedField = "short_lived_refresh_token"_L1,
        .secondFactor = SecondFactor::Ticket,
        .members = "access_token refresh_token mfa_token redirectTo token_type expires_in .issued "
                   ".expires userId username roleName userType latestNewsShown mfa_enabled "
                   "shortLived"_L1,
        .claims = Claims::Azure,
        .logoutPath = "/api/oauth2/token"_L1,
        .errors = Shape::Azure,
        .resourceErrors = Shape::Azure},
    Dialect{.kind = "aws"_L1,
        .tokenPath = "/api/v1/token"_L1,
        .versions = Versions::Header,
        .grants = "password refresh_token mfa"_L1,
        .secondFactor = SecondFactor::Ticket,
        .members = familyMembers,
        .claims = Claims::Family,
        .logoutPath = "/api/v1/token"_L1,
        .errors = Shape::Family,
        .resourceErrors = Shape::Family,
        .switches = "refreshLife=7200 "
                    "versions=1.8-rev0,1.7-rev0,1.6-rev0,1.4-rev0,1.2-rev0,1.0-rev0"_L1},
    Dialect{.kind = "gcp"_L1,
        .tokenPath = "/api/v1/token"_L1,
        .versions = Versions::Header,
        .grants = "password refresh_token mfa"_L1,
        .shortLivedField = "use_short_term_refresh"_L1,
        .secondFactor = SecondFactor::Ticket,
        .members = familyMembers,
        .ticketStatus = 202,
        .claims = Claims::Family,
        .logoutPath = "/api/v1/token"_L1,
        .otherLogoutPath = "/api/oauth2/token"_L1,
        .errors = Shape::Family,
        .resourceErrors = Shape::Family,
        .switches = "accessLife=900 shortRefreshLife=3600 "
                    "versions=1.4-rev0,1.3-rev0,1.2-rev0,1.1-rev0,1.0-rev0"_L1},
    Dialect{.kind = "vbr"_L1,
        .tokenPath = "/api/oauth2/token"_L1,
        .versions = Versions::Header,
        .oldVersions = "1.0- 1.1- 1.2-"_L1,
        .grants = "Password Refresh_token"_L1,
        .oldGrants = "password refresh_token"_L1,
        .shortLivedField = "use_short_term_refresh"_L1,
        .secondFactor = SecondFactor::Refused,
        .rotatesAlways = true,
        .members = "access_token token_type refresh_token expires_in .issued .expires"_L1,
        .claims = Claims::Family,
        .logoutMethod = "POST",
        .logoutPath = "/api/oauth2/logout"_L1,
        .logoutStatus = 200,
        .logoutSaysEmptyObject = true,
        .errors = Shape::Vbr,
        .resourceErrors = Shape::Vbr,
        .switches = "accessLife=900 shortRefreshLife=1800 dates=offset "
                    "versions=1.3-rev2,1.3-rev1,1.3-rev0,1.2-rev1,1.2-rev0,1.1-rev2,1.1-rev1,"
                    "1.1-rev0"_L1},
    Dialect{.kind = "m365"_L1,
        .tokenPath = "/{}/token"_L1,
        .media = "form json"_L1,
        .versions = Versions::Path,
        .oldVersions = "v6 v7"_L1,
        .hasAntiForgery = true,
        .members = "access_token refresh_token token_type expires_in userName .issued .expires"_L1,
        .logoutMethod = "POST",
        .logoutPath = "/{}/token/logout"_L1,
        .oldLogoutStatus = 200,
        .errors = Shape::M365,
        .resourceErrors = Shape::M365,
        .switches = "claims=opaque versions=v8,v7,v6"_L1},
    Dialect{.kind = "one"_L1,
        .tokenPath = "/api/token"_L1,
        .media = "form multipart"_L1,
        .mayOmitGrant = true,
        .hasDomains = true,
        .members = "access_token refresh_token token_type expires_in user user_role"_L1,
        .claims = Claims::PlainHs256,
        .logout = Logout::Token,
        .logoutMethod = "POST",
        .logoutPath = "/api/revoke"_L1,
        .logoutStatus = 200,
        .switches = "accessLife=899 refusalStatus=400 tokenType=Bearer"_L1},
    Dialect{.kind = "vspc"_L1,
        .tokenPath = "/api/v3/token"_L1,
        .grants = "password refresh_token mfa"_L1,
        .secondFactor = SecondFactor::Ticket,
        .members = "access_token token_type refresh_token mfa_token expires_in"_L1,
        .logout = Logout::OwnUser,
        .logoutPath = "/api/v3/users/{}/tokens"_L1,
        .logoutStatus = 200,
        .errors = Shape::VagueOAuth,
        .resourceErrors = Shape::ErrorList,
        .switches = "refreshLife=172800 refusalStatus=400"_L1},
    Dialect{.kind = "vro"_L1,
        .tokenPath = "/api/token"_L1,
        .media = "multipart"_L1,
        .grants = "password refresh_token mfa"_L1,
        .mayOmitGrant = true,
        .secondFactor = SecondFactor::Ticket,
        .members = "access_token refresh_token mfa_token expires_in"_L1,
        .logout = Logout::None,
        .switches = "accessLife=900 refreshLife=7200 claims=opaque"_L1},
    Dialect{.kind = "oauth2"_L1,
        .tokenPath = "/token"_L1,
        .members = "access_token token_type expires_in refresh_token scope"_L1,
        .logout = Logout::Revocation,
        .logoutMethod = "POST",
        .logoutPath = "/revoke"_L1,
        .logoutStatus = 200,
        .errors = Shape::OAuth,
        .resourceErrors = Shape::OAuth,
        .switches = "claims=opaque refusalStatus=400 tokenType=Bearer"_L1},
};

} // namespace

bool Dialect::isOld(const QString &version) const
{
    const QStringList beginnings = words(oldVersions);
    return std::ranges::any_of(
        beginnings, [&](const QString &beginning) { return version.startsWith(beginning); });
}

QStringList Dialect::grantsOf(const QString &version) const
{
    return words(!oldGrants.isEmpty() && isOld(version) ? oldGrants : grants);
}

const Dialect *findDialect(const QString &kind)
{
    const auto dialect = std::ranges::find(table, kind, &Dialect::kind);
    return dialect == table.end() ? nullptr : &*dialect;
}

QStringList kinds()
{
    QStringList kinds;
    for (const Dialect &dialect : table)
        kinds.append(dialect.kind);
    return kinds;
}

QStringList words(QLatin1StringView list)
{
    return QString(list).split(' '_L1, Qt::SkipEmptyParts);
}

std::optional<QString> matched(QLatin1StringView pattern, const QString &path)
{
    const qsizetype gap = pattern.indexOf("{}"_L1);
    if (gap < 0)
        return path == pattern ? std::optional(QString()) : std::nullopt;
    const QLatin1StringView before = pattern.first(gap);
    const QLatin1StringView after = pattern.sliced(gap + 2);
    QString segment = path.mid(gap);
    segment.chop(after.size());
    const bool fits = path.startsWith(before) && path.endsWith(after) && !segment.isEmpty()
        && !segment.contains('/'_L1);
    return fits ? std::optional(segment) : std::nullopt;
}

} // namespace latchkey::appliance
