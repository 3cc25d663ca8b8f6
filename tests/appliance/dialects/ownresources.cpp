// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/ownresources.h"

#include "dialects/refusal.h"
#include "http/httprequest.h"
#include "instant.h"
#include "switches.h"
#include "users.h"

#include <algorithm>
#include <array>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

HttpReply about(const HttpRequest &, Users &, const Switches &)
{
    return jsonReply({{u"name"_s, u"latchkey-demo-appliance"_s}, {u"version"_s, u"1.0"_s}});
}

HttpReply serverTime(const HttpRequest &, Users &, const Switches &switches)
{
    const Instant time = now() + switches.seconds(Switch::ClockSkew);
    return jsonReply({{u"serverTime"_s, toOffsetDate(time)}, {u"timeZone"_s, u"(UTC+02:00)"_s}});
}

HttpReply serverInfo(const HttpRequest &, Users &, const Switches &)
{
    return jsonReply({{u"vbrId"_s, u"00000000-0000-0000-0000-000000000001"_s},
        {u"name"_s, u"latchkey-demo-appliance"_s}, {u"buildVersion"_s, u"13.0.0.1"_s}});
}

HttpReply serviceInstance(const HttpRequest &, Users &, const Switches &)
{
    return jsonReply({{u"installationId"_s, u"00000000-0000-0000-0000-000000000001"_s},
        {u"version"_s, u"8.0.0.1"_s}});
}

HttpReply signOnUrl(const HttpRequest &request, Users &users, const Switches &switches)
{
    const User *user = users.find(request.query.value("userName"_L1));
    if (user && user->isIdentityProvider)
        return jsonReply({{u"redirectToUrl"_s, u"https://login.example.com/saml2"_s}});
    return refusalReply(Dialect::Shape::Family, switches,
        {Refusal::Reason::BadField, u"There is no such user of an identity provider."_s});
}

constexpr std::array table{
    OwnResource{"aws gcp vro"_L1, "/api/v1/about"_L1, false, about},
    OwnResource{"aws"_L1, "/api/v1/identityProvider/signOnUrl"_L1, true, signOnUrl},
    OwnResource{"vbr"_L1, "/api/v1/serverTime"_L1, true, serverTime},
    OwnResource{"vbr"_L1, "/api/v1/serverInfo"_L1, false, serverInfo},
    OwnResource{"m365"_L1, "/{}/ServiceInstance"_L1, false, serviceInstance},
    OwnResource{"one"_L1, "/api/v2.3/about"_L1, false, about},
    OwnResource{"vspc"_L1, "/api/v3/about"_L1, false, about},
    OwnResource{"oauth2"_L1, "/about"_L1, false, about},
};

} // namespace

const OwnResource *findOwnResource(
    const Dialect &dialect, const QString &path, const Switches &switches)
{
    const auto isIt = [&](const OwnResource &own) {
        const std::optional<QString> version = matched(own.path, path);
        return version && (version->isEmpty() || switches.isServed(*version))
            && words(own.kinds).contains(dialect.kind);
    };
    const auto own = std::ranges::find_if(table, isIt);
    return own == table.end() ? nullptr : &*own;
}

} // namespace latchkey::appliance
