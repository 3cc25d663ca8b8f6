// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "resources.h"

#include "dialects/ownresources.h"
#include "dialects/refusal.h"
#include "http/httprequest.h"
#include "sessions.h"
#include "switches.h"

#include <QRegularExpression>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

using Reason = Refusal::Reason;

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

HttpReply echo(const HttpRequest &request)
{
    QJsonObject headers;
    for (auto header = request.headers.begin(); header != request.headers.end(); ++header)
        headers.insert(QString::fromLatin1(header.key()), QString::fromLatin1(*header));
    HttpReply reply = jsonReply({{u"method"_s, QString::fromLatin1(request.method)},
        {u"path"_s, request.path}, {u"query"_s, request.query.toJson()}, {u"headers"_s, headers},
        {u"body"_s, QString::fromUtf8(request.body)}});
    // Most of it is for the appliance's own pages: a gateway must not pass that on.
    reply.headers = {{"Set-Cookie", "theme=dark"}, {"Access-Control-Allow-Origin", "*"},
        {"Strict-Transport-Security", "max-age=31536000"}, {"X-Demo", "echo"}};
    return reply;
}

HttpReply redirect(const HttpRequest &request)
{
    HttpReply reply = htmlReply("302 Found", 302);
    reply.headers = {{"Location", request.query.value("to"_L1).toUtf8()}};
    return reply;
}

HttpReply stream(const HttpRequest &request)
{
    HttpReply reply;
    reply.contentType = "application/octet-stream";
    reply.delivery = request.method == "HEAD" ? Delivery::HeadAlone : Delivery::Streamed;
    reply.streamBytes = request.query.value("bytes"_L1).toLongLong();
    return reply;
}

HttpReply demo(const QString &name, const HttpRequest &request)
{
    if (name == "echo"_L1)
        return echo(request);
    return name == "redirect"_L1 ? redirect(request) : stream(request);
}

} // namespace

HttpReply Resources::answer(const HttpRequest &request)
{
    static const QRegularExpression known(
        u"^/api/v(?:8\\.1|8|7|6)/(?:system/(about|time|status|serverInfo|serviceIsUp)"
        "|demo/(echo|redirect|stream))$"_s);
    const QRegularExpressionMatch match = known.match(request.path);
    if (!match.hasMatch())
        return answerOwn(request);
    const QString name = match.captured(1);
    if (!name.isEmpty() && request.method != "GET")
        return refused({Reason::WrongMethod});
    const bool isOpen = name == "serviceIsUp"_L1 && m_switches.isOn(Switch::AnonymousServiceIsUp);
    const Verdict verdict = isOpen ? Verdict{true, {}, {}} : verdictOn(request);
    if (!verdict.isAccepted)
        return refused({Reason::NoBearer, verdict.reason});
    return name.isEmpty() ? demo(match.captured(2), request) : system(name);
}

HttpReply Resources::answerOwn(const HttpRequest &request)
{
    const OwnResource *own = findOwnResource(m_dialect, request.path, m_switches);
    if (!own)
        return refused({Reason::NotFound});
    if (request.method != "GET")
        return refused({Reason::WrongMethod});
    const QString version = QString::fromLatin1(request.headers.value("x-api-version"));
    if (m_dialect.versions == Dialect::Versions::Header && !m_switches.isServed(version))
        return refused(versionRefusal(m_switches));
    const Verdict verdict = own->isOpen ? Verdict{true, {}, {}} : verdictOn(request);
    if (!verdict.isAccepted)
        return refused({Reason::NoBearer, verdict.reason});
    return own->answer(request, m_users, m_switches);
}

HttpReply Resources::refused(const Refusal &refusal) const
{
    HttpReply reply = refusalReply(m_dialect.resourceErrors, m_switches, refusal);
    if (refusal.reason == Reason::NoBearer)
        reply.headers = {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}};
    return reply;
}

Verdict Resources::verdictOn(const HttpRequest &request)
{
    const Verdict verdict = m_sessions.checkAccess(request.bearer());
    if (verdict.isAccepted && m_switches.takeRefusal())
        return {false, u"The token is refused, by switch."_s, verdict.user};
    return verdict;
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
