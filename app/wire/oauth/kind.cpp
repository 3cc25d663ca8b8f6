// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kind.h"

#include "wire/http/network.h"
#include "wire/oauth/kindreader.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

Kind::Versions versionsFrom(const KindReader &versions)
{
    return {versions.header(u"header"_s), versions.versions(u"values"_s),
        versions.group(u"older"_s).text(u"from"_s)};
}

Kind::Token tokenFrom(const KindReader &token)
{
    static const QHash<QString, Kind::Body> bodies{{u"form"_s, Kind::Body::Form},
        {u"multipart"_s, Kind::Body::Multipart}, {u"json"_s, Kind::Body::Json}};
    return {token.path(u"path"_s), token.choice(u"body"_s, bodies, Kind::Body::Form),
        token.fields(u"fields"_s), token.flag(u"keepsCookies"_s)};
}

Kind::Grants grantsFrom(const KindReader &grants)
{
    return {grants.needed(u"field"_s), grants.needed(u"password"_s), grants.bytes(u"mfa"_s),
        grants.needed(u"refresh"_s)};
}

Kind::RequestFields requestFrom(const KindReader &request)
{
    return {request.needed(u"user"_s), request.needed(u"password"_s),
        request.needed(u"refreshToken"_s), request.bytes(u"mfaToken"_s),
        request.bytes(u"mfaCode"_s), request.bytes(u"shortLived"_s), request.bytes(u"client"_s)};
}

Kind::ReplyFields replyFrom(const KindReader &reply)
{
    return {QString::fromUtf8(reply.needed(u"accessToken"_s)), reply.text(u"tokenType"_s),
        reply.text(u"refreshToken"_s), reply.text(u"expiresIn"_s), reply.text(u"issued"_s),
        reply.text(u"expires"_s), reply.text(u"userId"_s), reply.text(u"username"_s),
        reply.text(u"roleName"_s), reply.text(u"userType"_s), reply.text(u"latestNewsShown"_s),
        reply.text(u"mfaEnabled"_s), reply.text(u"mfaToken"_s), reply.text(u"redirectTo"_s),
        reply.text(u"shortLived"_s)};
}

Kind::Logout logoutFrom(const KindReader &logout)
{
    static const QStringList methods{u"DELETE"_s, u"GET"_s, u"PATCH"_s, u"POST"_s, u"PUT"_s};
    return {logout.oneOf(u"method"_s, methods), logout.paths(u"paths"_s), logout.flag(u"bearer"_s),
        logout.fields(u"fields"_s)};
}

Kind::Check checkFrom(const KindReader &check)
{
    return {check.oneOf(u"method"_s, {u"GET"_s, u"POST"_s}), check.path(u"path"_s),
        check.statuses(u"status"_s), check.bytes(u"contentType"_s), check.texts(u"has"_s),
        check.texts(u"hasNot"_s)};
}

//! A code needs its grant, its fields and the ticket of the reply, or none of them.
void checkSecondFactor(const Kind &kind, const KindReader &file)
{
    const bool parts[] = {!kind.grants.mfa.isEmpty(), !kind.request.mfaToken.isEmpty(),
        !kind.request.mfaCode.isEmpty(), !kind.reply.mfaToken.isEmpty()};
    for (const bool part : parts) {
        if (part != parts[0])
            file.complain(u"grants.mfa"_s,
                u"needs request.mfaToken, request.mfaCode and reply.mfaToken, and they need it"_s);
    }
}

//! Their names in the file, and the paths.
QList<std::pair<QString, QString>> pathsIn(const Kind &kind)
{
    QList<std::pair<QString, QString>> paths{{u"token.path"_s, kind.token.path}};
    for (const QString &path : kind.logout ? kind.logout->paths : QStringList())
        paths.append({u"logout.paths"_s, path});
    for (int i = 0; i < kind.recognition.size(); ++i)
        paths.append({u"recognition[%1].path"_s.arg(i), kind.recognition.at(i).path});
    return paths;
}

void checkVersions(const Kind &kind, const KindReader &file)
{
    for (const auto &[name, path] : pathsIn(kind)) {
        if (path.contains("{version}"_L1) && kind.versions.values.isEmpty())
            file.complain(name, u"has {version} in it, but there are no versions"_s);
    }
    const bool inPaths = kind.token.path.contains("{version}"_L1);
    if (!kind.versions.values.isEmpty() && kind.versions.header.isEmpty() && !inPaths)
        file.complain(u"versions.header"_s, u"is missing, and token.path has no {version}"_s);
    const QString &older = kind.versions.olderFrom;
    if (!older.isEmpty() && !kind.versions.values.contains(older))
        file.complain(u"versions.older.from"_s, u"is not one of the versions"_s);
}

} // namespace

bool Kind::isId(const QString &text)
{
    static const QRegularExpression word(u"\\A[a-z0-9][a-z0-9-]{0,31}\\z"_s);
    return word.match(text).hasMatch();
}

QString Kind::hintIn(const QMap<QString, QString> &hints, const QString &language)
{
    return hints.value(language.section(u'_', 0, 0), hints.value(u"en"_s));
}

const Kind::Grants &Kind::grantsIn(const QString &version) const
{
    const qsizetype older = versions.values.indexOf(versions.olderFrom);
    return older >= 0 && versions.values.indexOf(version) >= older ? olderGrants : grants;
}

QString Kind::filledIn(QString path, const QString &version)
{
    return path.replace("{version}"_L1, version);
}

QStringList Kind::tokenPaths() const
{
    QStringList paths = QStringList{token.path} + (logout ? logout->paths : QStringList());
    paths.removeDuplicates();
    return paths;
}

QUrl Kind::serverFrom(QUrl server) const
{
    if (server.port() < 0 && port != httpsPort && server.scheme() == "https"_L1)
        server.setPort(port);
    QString path = server.path();
    for (const QString &version : versions.values.isEmpty() ? QStringList{{}} : versions.values) {
        if (path.endsWith(filledIn(token.path, version)))
            path.chop(filledIn(token.path, version).size());
    }
    server.setPath(path);
    return server;
}

QString KindProblem::text() const
{
    return u"%1: %2"_s.arg(file, member.isEmpty() ? reason : member + u' ' + reason);
}

Result<Kind, KindProblem> Kind::fromJson(const QByteArray &json, const QString &source)
{
    KindProblem problem{source, {}, {}};
    const KindReader file(json, problem);
    Kind kind;
    kind.id = file.id(u"id"_s);
    kind.name = QString::fromUtf8(file.needed(u"name"_s));
    kind.port = file.number(u"port"_s, httpsPort, 1, 65535);
    kind.hints = file.byLanguage(u"hint"_s);
    kind.versions = versionsFrom(file.group(u"versions"_s));
    kind.token = tokenFrom(file.group(u"token"_s));
    kind.grants = grantsFrom(file.group(u"grants"_s));
    kind.request = requestFrom(file.group(u"request"_s));
    if (!kind.versions.olderFrom.isEmpty())
        kind.olderGrants =
            grantsFrom(file.group(u"versions"_s).group(u"older"_s).group(u"grants"_s));
    kind.reply = replyFrom(file.group(u"reply"_s));
    kind.codeStatus = file.number(u"codeStatus"_s, kind.codeStatus, 200, 299);
    if (file.has(u"logout"_s))
        kind.logout = logoutFrom(file.group(u"logout"_s));
    static const QHash<QString, Proof> proofs{
        {u"status"_s, Proof::Status}, {u"invalid_grant"_s, Proof::InvalidGrant}};
    kind.proof = file.choice(u"proof"_s, proofs, Proof::Status);
    kind.accessLife = file.seconds(u"accessLife"_s);
    kind.refreshLife = file.seconds(u"refreshLife"_s);
    kind.hasLocalDates = file.flag(u"localDates"_s);
    kind.isOneUse = file.flag(u"oneUse"_s);
    file.forEach(u"recognition"_s,
        [&](const KindReader &check) { kind.recognition.append(checkFrom(check)); });
    kind.replaces = file.text(u"replaces"_s);
    if (file.has(u"replaces"_s) && kind.replaces != kind.id)
        file.complain(u"replaces"_s, u"must be the kind's own id"_s);
    kind.source = source;
    checkSecondFactor(kind, file);
    checkVersions(kind, file);
    file.checkNames();
    if (!problem.reason.isEmpty())
        return problem;
    return kind;
}

} // namespace latchkey
