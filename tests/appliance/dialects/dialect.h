// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include <optional>

namespace latchkey::appliance {

//! How one kind of appliance speaks where it deals in tokens: a row of the table in dialect.cpp.
//! Lists are words with spaces between them. In a path, `{}` stands for one segment.
struct Dialect {
    enum class Versions {
        None,
        Header, //!< every request names one in `x-api-version`
        Path, //!< in the `{}` of the path
    };
    enum class SecondFactor {
        None, //!< the password is enough, whoever it is
        Ticket, //!< an `mfa_token` first, then the grant `mfa`
        Refused, //!< who has one may not use the API
    };
    enum class Claims { Azure, Family, Plain, PlainHs256 };
    enum class Shape { Azure, Family, Vbr, M365, Problem, OAuth, VagueOAuth, ErrorList };
    enum class Logout {
        None,
        Bearer, //!< of the access token in the header
        OwnUser, //!< the same, and all tokens of the user whose id is in the path
        Token, //!< of the token in the form, which has to be good
        Revocation, //!< RFC 7009
    };

    QLatin1StringView kind;
    QLatin1StringView tokenPath;
    QLatin1StringView media = QLatin1StringView("form");
    Versions versions = Versions::None;
    QLatin1StringView oldVersions = {}; //!< beginnings of versions with a row's older habits

    QLatin1StringView grants = QLatin1StringView("password refresh_token");
    QLatin1StringView oldGrants = {};
    bool mayOmitGrant = false; //!< password is meant then
    Qt::CaseSensitivity spelling = Qt::CaseSensitive; //!< of grants and fields
    QLatin1StringView shortLivedField = {};
    SecondFactor secondFactor = SecondFactor::None;
    bool hasDomains = false; //!< users may be written as DOMAIN\user
    bool hasAntiForgery = false; //!< a cookie comes with the pair, and goes with the refresh
    bool rotatesAlways = false; //!< whatever switch `rotation` says

    QLatin1StringView members; //!< of the reply that grants or asks for a code
    int ticketStatus = 200;
    Claims claims = Claims::Plain;

    Logout logout = Logout::Bearer;
    QByteArrayView logoutMethod = "DELETE";
    QLatin1StringView logoutPath = {};
    QLatin1StringView otherLogoutPath = {}; //!< instead, where switch `logoutPath` says so
    int logoutStatus = 204;
    int oldLogoutStatus = 0;
    bool logoutSaysEmptyObject = false;

    Shape errors = Shape::Problem; //!< at the token endpoint
    Shape resourceErrors = Shape::Problem;

    QLatin1StringView switches = {}; //!< initial values of some switches, as name=value

    [[nodiscard]] bool isOld(const QString &version) const;
    [[nodiscard]] QStringList grantsOf(const QString &version) const;
};

//! Nothing where there is no such kind.
[[nodiscard]] const Dialect *findDialect(const QString &kind);
[[nodiscard]] QStringList kinds();

[[nodiscard]] QStringList words(QLatin1StringView list);

//! What stands in \a path for `{}`, an empty text where \a pattern has none, or nothing where they
//! do not fit.
[[nodiscard]] std::optional<QString> matched(QLatin1StringView pattern, const QString &path);

} // namespace latchkey::appliance
