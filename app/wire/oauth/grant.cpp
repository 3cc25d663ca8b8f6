// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/grant.h"

#include "base/overloaded.h"
#include "wire/oauth/kind.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

void addClient(Kind::Fields &fields, const Kind &kind, const QString &clientId)
{
    if (!clientId.isEmpty() && kind.hasClients())
        fields.append({kind.request.client, clientId.toUtf8()});
}

Kind::Fields fieldsOf(const PasswordGrant &grant, const Kind &kind, const Kind::Grants &grants)
{
    const Kind::RequestFields &name = kind.request;
    Kind::Fields fields{{grants.field, grants.password}, {name.user, grant.user.toUtf8()},
        {name.password, grant.password.toByteArray()}};
    if (grant.shortLived && kind.hasShortLived())
        fields.append({name.shortLived, "true"});
    return fields;
}

Kind::Fields fieldsOf(const MfaGrant &grant, const Kind &kind, const Kind::Grants &grants)
{
    return {{grants.field, grants.mfa}, {kind.request.mfaToken, grant.ticket.toByteArray()},
        {kind.request.mfaCode, grant.code.toByteArray()}};
}

Kind::Fields fieldsOf(const RefreshGrant &grant, const Kind &kind, const Kind::Grants &grants)
{
    return {{grants.field, grants.refresh},
        {kind.request.refreshToken, grant.refreshToken.toByteArray()}};
}

//! RFC 7578. The boundary is random, so that no value can contain it.
RequestBody multipartOf(const Kind::Fields &fields)
{
    const QByteArray boundary = QUuid::createUuid().toByteArray(QUuid::Id128);
    QByteArray body;
    for (const auto &[name, value] : fields) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
            + "\"\r\n\r\n" + value + "\r\n";
    }
    return {body + "--" + boundary + "--\r\n", "multipart/form-data; boundary=" + boundary};
}

//! Yes and no are what the kind itself says, never what a person has typed.
QByteArray jsonOf(const Kind::Fields &fields, const Kind &kind)
{
    const auto isFlag = [&kind](const std::pair<QByteArray, QByteArray> &field) {
        const bool isTheKinds =
            field.first == kind.request.shortLived || kind.token.fields.contains(field);
        return isTheKinds && (field.second == "true" || field.second == "false");
    };
    QJsonObject json;
    for (const auto &field : fields) {
        const QString text = QString::fromUtf8(field.second);
        json.insert(QString::fromUtf8(field.first),
            isFlag(field) ? QJsonValue(text == "true"_L1) : QJsonValue(text));
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

RequestBody bodyOf(
    const Grant &grant, const Kind &kind, const QString &version, const QString &clientId)
{
    const Kind::Grants &grants = kind.grantsIn(version);
    Kind::Fields fields =
        std::visit([&](const auto &g) { return fieldsOf(g, kind, grants); }, grant);
    addClient(fields, kind, clientId);
    fields.append(kind.token.fields);
    switch (kind.token.body) {
    case Kind::Body::Form:
        return {formOf(fields), formType};
    case Kind::Body::Multipart:
        return multipartOf(fields);
    case Kind::Body::Json:
        return {jsonOf(fields, kind), "application/json"};
    }
    Q_UNREACHABLE();
}

std::optional<QByteArray> logoutForm(
    const Farewell &farewell, const Kind &kind, const QString &clientId)
{
    const Kind::Logout &logout = *kind.logout;
    bool isComplete = !logout.bearer || !farewell.accessToken.isEmpty();
    Kind::Fields fields = logout.fields;
    const auto fillIn = [&isComplete](QByteArray &value, const Secret &token) {
        value = token.toByteArray();
        isComplete = isComplete && !value.isEmpty();
    };
    for (auto &[name, value] : fields) {
        if (value == "{accessToken}")
            fillIn(value, farewell.accessToken);
        else if (value == "{refreshToken}")
            fillIn(value, farewell.refreshToken);
    }
    addClient(fields, kind, clientId);
    return isComplete ? std::optional(formOf(fields)) : std::nullopt;
}

QByteArray formOf(const QList<std::pair<QByteArray, QByteArray>> &fields)
{
    QByteArray body;
    for (const auto &[name, value] : fields) {
        if (!body.isEmpty())
            body += '&';
        body += name.toPercentEncoding() + '=' + value.toPercentEncoding();
    }
    return body;
}

QList<Secret> secretsOf(const Grant &grant)
{
    return std::visit(
        Overloaded{
            [](const PasswordGrant &g) { return QList<Secret>{g.password, g.clientSecret}; },
            [](const MfaGrant &g) { return QList<Secret>{g.ticket, g.code}; },
            [](const RefreshGrant &g) { return QList<Secret>{g.refreshToken}; },
        },
        grant);
}

} // namespace latchkey
