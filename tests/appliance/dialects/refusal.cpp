// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/refusal.h"

#include "switches.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

using Reason = Refusal::Reason;
using Shape = Dialect::Shape;

constexpr int bySwitch = 0;

struct Row {
    Reason reason;
    int status;
    QLatin1StringView errorCode; //!< of aws, gcp and vbr
    QLatin1StringView m365Code;
    QLatin1StringView oauthError;
};

constexpr std::array table{
    Row{Reason::BadField, 400, "UnexpectedContent"_L1, "ParameterValidationFailure"_L1,
        "invalid_request"_L1},
    Row{Reason::UnknownGrant, 400, "UnexpectedContent"_L1, "ParameterValidationFailure"_L1,
        "unsupported_grant_type"_L1},
    Row{Reason::UnknownVersion, 400, "NotImplemented"_L1, ""_L1, "invalid_request"_L1},
    Row{Reason::BadCredentials, bySwitch, "AccessDenied"_L1, ""_L1, "invalid_grant"_L1},
    Row{Reason::DeadRefreshToken, bySwitch, "InvalidToken"_L1, ""_L1, "invalid_grant"_L1},
    Row{Reason::DeadToken, 400, "InvalidToken"_L1, ""_L1, "invalid_request"_L1},
    Row{Reason::NoCookie, 400, "UnexpectedContent"_L1, "ParameterValidationFailure"_L1,
        "invalid_request"_L1},
    Row{Reason::NoBearer, 401, "AccessDenied"_L1, "ResourceAccessDenied"_L1, "invalid_token"_L1},
    Row{Reason::UnknownClient, 401, "AccessDenied"_L1, ""_L1, "invalid_client"_L1},
    Row{Reason::NotYours, 403, "AccessDenied"_L1, "ResourceAccessDenied"_L1,
        "insufficient_scope"_L1},
    Row{Reason::NotFound, 404, "NotFound"_L1, "ResourceNotFound"_L1, "invalid_request"_L1},
    Row{Reason::WrongMethod, 405, "MethodNotAllowed"_L1, "HttpError"_L1, "invalid_request"_L1},
    Row{Reason::WrongMedia, 415, "UnexpectedContent"_L1, "HttpError"_L1, "invalid_request"_L1},
};

//! What a reply says, whatever its shape.
struct Said {
    Row row;
    int status;
    QString title;
    QString words;
    QString field;
};

bool isAboutCredentials(Reason reason)
{
    return reason == Reason::BadCredentials || reason == Reason::DeadRefreshToken;
}

Said saidOf(const Switches &switches, const Refusal &refusal)
{
    const Row row = *std::ranges::find(table, refusal.reason, &Row::reason);
    const int status = row.status == bySwitch ? switches.number(Switch::RefusalStatus) : row.status;
    const QString title = QString::fromLatin1(reasonPhrase(status));
    const QString set = switches.text(Switch::RefusalText);
    const bool isSet = isAboutCredentials(refusal.reason) && !set.isEmpty();
    return {row, status, title, isSet ? set : refusal.words, refusal.field};
}

HttpReply azureReply(const Said &said)
{
    if (said.status == 400)
        return validationReply(said.field, said.words);
    QJsonObject more;
    if (!said.words.isEmpty())
        more.insert("detail"_L1, said.words);
    if (isAboutCredentials(said.row.reason))
        more.insert("instance"_L1, u"/api/oauth2/token"_s);
    return problemReply(said.status, said.title, more);
}

HttpReply problem(const Said &said, const QString &key, const QJsonObject &more = {})
{
    QJsonObject body = more;
    body.insert("type"_L1, u"about:blank"_s);
    body.insert("title"_L1, said.title);
    body.insert("status"_L1, said.status);
    if (!said.words.isEmpty())
        body.insert(key, said.words);
    HttpReply reply = jsonReply(body, said.status);
    reply.contentType = "application/problem+json; charset=utf-8";
    return reply;
}

QString sentence(const Said &said)
{
    return said.words.isEmpty() ? said.title : said.words;
}

HttpReply m365Reply(const Said &said)
{
    QJsonObject body{{u"message"_s, sentence(said)}};
    if (!said.row.m365Code.isEmpty())
        body.insert("errorCode"_L1, said.row.m365Code);
    return jsonReply(body, said.status);
}

HttpReply oauthReply(const Said &said, bool isVague)
{
    const bool isBlurred = isVague && said.row.reason == Reason::BadCredentials;
    const QString error = isBlurred ? u"invalid_request"_s : QString(said.row.oauthError);
    HttpReply reply =
        jsonReply({{u"error"_s, error}, {u"error_description"_s, sentence(said)}}, said.status);
    if (said.row.reason == Reason::UnknownClient)
        reply.headers = {{"WWW-Authenticate", "Basic realm=\"token\""}};
    return reply;
}

HttpReply errorListReply(const Said &said)
{
    const QJsonObject error{
        {u"message"_s, sentence(said)}, {u"type"_s, u"apiError"_s}, {u"code"_s, said.status}};
    return jsonReply({{u"errors"_s, QJsonArray{error}}}, said.status);
}

} // namespace

HttpReply refusalReply(Shape shape, const Switches &switches, const Refusal &refusal)
{
    const Said said = saidOf(switches, refusal);
    switch (shape) {
    case Shape::Azure:
        return azureReply(said);
    case Shape::Family:
        return problem(said, u"details"_s, {{u"errorCode"_s, said.row.errorCode}});
    case Shape::Vbr:
        return jsonReply(
            {{u"errorCode"_s, said.row.errorCode}, {u"message"_s, sentence(said)}}, said.status);
    case Shape::M365:
        return m365Reply(said);
    case Shape::Problem:
        return problem(said, u"detail"_s);
    case Shape::OAuth:
    case Shape::VagueOAuth:
        return oauthReply(said, shape == Shape::VagueOAuth);
    case Shape::ErrorList:
        return errorListReply(said);
    }
    Q_UNREACHABLE();
}

Refusal versionRefusal(const Switches &switches)
{
    QString words;
    if (switches.is(Switch::VersionWords, "header"_L1))
        words = u"The header x-api-version is missing, or its value is not supported."_s;
    else if (switches.is(Switch::VersionWords, "list"_L1))
        words = u"Supported versions: %1"_s.arg(
            switches.text(Switch::Versions).replace(','_L1, ", "_L1));
    return {Reason::UnknownVersion, words, u"x-api-version"_s};
}

} // namespace latchkey::appliance
