// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! A kind file, and what is sent as it says.

#include "fuzz/fuzz.h"

#include "wire/oauth/grant.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace latchkey::fuzz {

namespace {

void mustBePlain(const QString &path)
{
    must(path.startsWith(u'/'), "a path is absolute");
    for (const QString &segment : path.mid(1).split(u'/'))
        must(!segment.isEmpty() && segment != u"."_s && segment != u".."_s,
            "a path stays below the server");
    for (const QChar c : path)
        must(c.unicode() < 128 && (c.isLetterOrNumber() || u"/._-"_s.contains(c)),
            "a path is plain");
}

void mustBeWhole(const Kind &kind)
{
    for (const QByteArray &text : {kind.grants.field, kind.grants.password, kind.grants.refresh,
             kind.request.user, kind.request.password, kind.request.refreshToken})
        must(!text.isEmpty(), "a kind has the words that it needs");
    for (const QString &text : {kind.id, kind.name, kind.token.path, kind.reply.accessToken})
        must(!text.isEmpty(), "a kind has the words that it needs");
    must(kind.port > 0 && kind.port < 65536, "a kind has a port");
    must(!kind.logout || !kind.logout->paths.isEmpty(), "a logout has a path");
    QStringList paths = kind.tokenPaths();
    for (const Kind::Check &check : kind.recognition)
        paths.append(check.path);
    for (const QString &path : std::as_const(paths)) {
        for (const QString &version : kind.versions.values + QStringList{u"1"_s})
            mustBePlain(Kind::filledIn(path, version));
        must(!path.contains(u"{version}"_s) || !kind.versions.values.isEmpty(),
            "a path with a version has versions");
    }
}

void mustBeAForm(const QByteArray &body, qsizetype fields)
{
    must(body.count('&') == fields - 1 && body.count('=') == fields, "a form has its fields");
    for (const char byte : body)
        must(byte > ' ' && byte <= '~', "a form is printable ASCII");
}

void mustBeABody(const Grant &grant, const Kind &kind, qsizetype fields)
{
    const QString version = kind.versions.values.value(0);
    const RequestBody body = bodyOf(grant, kind, version);
    must(!body.bytes.isEmpty() && !body.contentType.contains('\n'), "there is a body");
    if (kind.token.body == Kind::Body::Form)
        mustBeAForm(body.bytes, fields + kind.token.fields.size());
    if (kind.token.body == Kind::Body::Json)
        must(isJson(body.bytes), "a JSON body is JSON");
}

} // namespace

void tryOne(const QByteArray &input)
{
    const auto kind = Kind::fromJson(input, u"file"_s);
    if (!kind)
        return must(!kind.error().reason.isEmpty(), "what is no kind is told why");
    mustBeWhole(*kind);
    const Secret secret = Secret::fromBytes("p+a ss&w=ö%25");
    mustBeABody(PasswordGrant{u"o&p="_s, secret, true}, *kind, kind->hasShortLived() ? 4 : 3);
    if (kind->hasSecondFactor())
        mustBeABody(MfaGrant{secret, secret}, *kind, 3);
    mustBeABody(RefreshGrant{secret}, *kind, 2);
    const QUrl server = kind->serverFrom(QUrl(u"https://host/base"_s));
    must(server.host() == u"host"_s, "a kind cannot name a host");
}

} // namespace latchkey::fuzz
