// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "resources.h"

#include "httprequest.h"
#include "sessions.h"
#include "switches.h"

#include <QRegularExpression>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

HttpReply unauthorized(const QString &reason)
{
    HttpReply reply = problemReply(401, u"Unauthorized"_s, {{u"detail"_s, reason}});
    reply.headers = {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}};
    return reply;
}

QJsonObject about()
{
    return {{u"serverVersion"_s, u"8.1.0.1"_s}, {u"workerVersion"_s, u"8.1.0.1"_s},
        {u"flrVersion"_s, u"8.1.0.1"_s}, {u"copyright"_s, u"Latchkey demo appliance"_s}};
}

QJsonObject serverInfo()
{
    return {{u"serverName"_s, u"latchkey-demo-appliance"_s}, {u"azureRegion"_s, u"westeurope"_s},
        {u"azureRegionName"_s, u"West Europe"_s}, {u"resourceGroup"_s, u"demo"_s},
        {u"azureEnvironment"_s, u"Global"_s}};
}

} // namespace

HttpReply Resources::answer(const HttpRequest &request) const
{
    static const QRegularExpression known(
        u"^/api/v(?:8\\.1|8|7|6)/system/(about|time|status|serverInfo|serviceIsUp)$"_s);
    const QRegularExpressionMatch match = known.match(request.path);
    if (!match.hasMatch())
        return problemReply(404, u"Not Found"_s);
    if (request.method != "GET")
        return problemReply(405, u"Method Not Allowed"_s);
    const QString name = match.captured(1);
    const bool isOpen = name == "serviceIsUp"_L1 && m_switches.isOn(Switch::AnonymousServiceIsUp);
    const Verdict verdict = m_sessions.checkAccess(request.bearer());
    return isOpen || verdict.isAccepted ? system(name) : unauthorized(verdict.reason);
}

HttpReply Resources::system(const QString &name) const
{
    const QString time = toDotNet(now() + m_switches.seconds(Switch::ClockSkew));
    if (name == "about"_L1)
        return jsonReply(about());
    if (name == "time"_L1)
        return jsonReply({{u"utcDateTime"_s, time}, {u"timeZone"_s, u"UTC"_s}});
    if (name == "status"_L1)
        return jsonReply(
            {{u"state"_s, m_switches.text(Switch::SystemState)}, {u"serverTime"_s, time}});
    if (name == "serverInfo"_L1)
        return jsonReply(serverInfo());
    return HttpReply();
}

} // namespace latchkey::appliance
