// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! A kind file, and a form that is made from it.

#include "fuzz/fuzz.h"

#include "wire/oauth/grant.h"

using namespace Qt::StringLiterals;

namespace latchkey::fuzz {

namespace {

void mustBeWhole(const Kind &kind)
{
    const Kind::RequestFields &request = kind.request;
    for (const QByteArray &text :
        {kind.token.method, kind.logout.method, kind.grants.field, kind.grants.password,
            kind.grants.mfa, kind.grants.refresh, request.user, request.password,
            request.refreshToken, request.mfaToken, request.mfaCode, request.shortLived})
        must(!text.isEmpty(), "a kind has all its words");
    const Kind::ReplyFields &reply = kind.reply;
    for (const QString &text :
        {kind.id, kind.name, kind.token.path, kind.logout.path, reply.accessToken, reply.tokenType,
            reply.refreshToken, reply.expiresIn, reply.issued, reply.expires, reply.userId,
            reply.username, reply.roleName, reply.userType, reply.latestNewsShown, reply.mfaEnabled,
            reply.mfaToken, reply.redirectTo, reply.shortLived})
        must(!text.isEmpty(), "a kind has all its words");
}

void mustBeAForm(const QByteArray &body, qsizetype fields)
{
    must(body.count('&') == fields - 1 && body.count('=') == fields, "a form has its fields");
    for (const char byte : body)
        must(byte > ' ' && byte <= '~', "a form is printable ASCII");
}

} // namespace

void tryOne(const QByteArray &input)
{
    const auto kind = Kind::fromJson(input);
    if (!kind)
        return must(!kind.error().isEmpty(), "what is no kind is told why");
    mustBeWhole(*kind);
    const Secret secret = Secret::fromBytes("p+a ss&w=ö%25");
    mustBeAForm(formBody(PasswordGrant{u"o&p="_s, secret, true}, *kind), 4);
    mustBeAForm(formBody(MfaGrant{secret, secret}, *kind), 3);
    mustBeAForm(formBody(RefreshGrant{secret}, *kind), 2);
}

} // namespace latchkey::fuzz
