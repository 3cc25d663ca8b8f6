// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#include "appliance.h"
#include "dialects/dialect.h"
#include "http/httpconnection.h"
#include "http/httprequest.h"
#include "totp.h"

#include <QJsonDocument>

#include <map>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

HttpReply complain(int status, const QString &words)
{
    return jsonReply({{u"error"_s, words}}, status);
}

// An empty body is an empty object.
std::optional<QJsonObject> bodyOf(const HttpRequest &request)
{
    if (request.body.trimmed().isEmpty())
        return QJsonObject();
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

HttpReply notAnObject()
{
    return complain(400, u"The body is not a JSON object."_s);
}

} // namespace

Control::Control(Appliance &appliance)
    : m_appliance(appliance)
    , m_server([this](HttpConnection &connection, const HttpRequest &request) {
        connection.send(answer(request));
    })
{
}

QString Control::url() const
{
    return u"http://127.0.0.1:%1"_s.arg(m_server.port());
}

HttpReply Control::answer(const HttpRequest &request)
{
    static const std::map<QString, Action> actions{
        {u"GET /state"_s, &Control::state},
        {u"GET /log"_s, &Control::log},
        {u"GET /code"_s, &Control::code},
        {u"GET /certificate"_s, &Control::certificate},
        {u"POST /switches"_s, &Control::setSwitches},
        {u"POST /revoke"_s, &Control::revoke},
        {u"POST /new-certificate"_s, &Control::newCertificate},
        {u"POST /reinstall"_s, &Control::reinstall},
        {u"POST /outage"_s, &Control::outage},
        {u"POST /check"_s, &Control::check},
    };
    const QString asked = QString::fromLatin1(request.method) + ' '_L1 + request.path;
    const auto action = actions.find(asked);
    if (action == actions.end())
        return complain(404, u"There is no \"%1\" here."_s.arg(asked));
    return (this->*action->second)(request);
}

HttpReply Control::state(const HttpRequest &)
{
    QJsonObject state = m_appliance.journal().counters();
    state.insert("switches"_L1, m_appliance.switches().toJson());
    state.insert("sessions"_L1, m_appliance.sessions().liveCount());
    state.insert("users"_L1, m_appliance.users().count());
    state.insert("kid"_L1, m_appliance.sessions().installation().kid());
    state.insert("url"_L1, m_appliance.url());
    state.insert("kind"_L1, m_appliance.dialect().kind);
    return jsonReply(state);
}

HttpReply Control::log(const HttpRequest &)
{
    HttpReply reply = jsonReply({});
    reply.body = QJsonDocument(m_appliance.journal().log()).toJson(QJsonDocument::Compact);
    return reply;
}

HttpReply Control::code(const HttpRequest &request)
{
    const QString name = request.query.value("user"_L1);
    const User *user = m_appliance.users().find(name);
    if (!user || !user->hasMfa())
        return complain(404, u"\"%1\" is no user with a second factor."_s.arg(name));
    return jsonReply({{u"code"_s, totp::code(user->mfaSecret, now())},
        {u"secondsLeft"_s, static_cast<qint64>(totp::timeLeft(now()).count())}});
}

HttpReply Control::certificate(const HttpRequest &)
{
    return jsonReply({{u"sha256"_s, m_appliance.certificate().fingerprint()},
        {u"pem"_s, QString::fromLatin1(m_appliance.certificate().pem())}});
}

HttpReply Control::setSwitches(const HttpRequest &request)
{
    const auto body = bodyOf(request);
    if (!body)
        return notAnObject();
    if (const QString complaint = m_appliance.setSwitches(*body); !complaint.isEmpty())
        return complain(400, complaint);
    return jsonReply(m_appliance.switches().toJson());
}

HttpReply Control::revoke(const HttpRequest &request)
{
    const auto body = bodyOf(request);
    if (!body)
        return notAnObject();
    const QString user = body->value("user"_L1).toString();
    if (!user.isEmpty() && !m_appliance.users().find(user))
        return complain(404, u"There is no user \"%1\"."_s.arg(user));
    const bool withAccessTokens = body->value("accessTokens"_L1).toBool();
    return jsonReply({{u"revoked"_s, m_appliance.sessions().revoke(user, withAccessTokens)}});
}

HttpReply Control::newCertificate(const HttpRequest &request)
{
    const auto body = bodyOf(request);
    if (!body)
        return notAnObject();
    m_appliance.renewCertificate(body->value("name"_L1).toString());
    return certificate(request);
}

HttpReply Control::reinstall(const HttpRequest &)
{
    m_appliance.reinstall();
    return jsonReply({{u"kid"_s, m_appliance.sessions().installation().kid()}});
}

HttpReply Control::outage(const HttpRequest &request)
{
    const auto body = bodyOf(request);
    if (!body)
        return notAnObject();
    const QJsonValue on = body->value("on"_L1);
    if (!on.isBool())
        return complain(400, u"An outage is {\"on\": true} or {\"on\": false}."_s);
    if (!m_appliance.setOutage(on.toBool()))
        return complain(409, u"The port is taken: %1"_s.arg(m_appliance.errorString()));
    return jsonReply({{u"on"_s, on}});
}

HttpReply Control::check(const HttpRequest &request)
{
    const auto body = bodyOf(request);
    if (!body)
        return notAnObject();
    const QByteArray token = body->value("token"_L1).toString().toLatin1();
    const Verdict verdict = m_appliance.sessions().checkAccess(token);
    return jsonReply({{u"accepted"_s, verdict.isAccepted}, {u"reason"_s, verdict.reason},
        {u"user"_s, verdict.user}});
}

} // namespace latchkey::appliance
