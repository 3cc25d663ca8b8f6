// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/grant.h"

#include "wire/oauth/kind.h"

#include <initializer_list>
#include <utility>

namespace latchkey {

namespace {

using Field = std::pair<QByteArray, QByteArray>;

QByteArray encoded(std::initializer_list<Field> fields)
{
    QByteArray body;
    for (const auto &[name, value] : fields) {
        if (!body.isEmpty())
            body += '&';
        body += name.toPercentEncoding() + '=' + value.toPercentEncoding();
    }
    return body;
}

QByteArray bytes(const Secret &secret)
{
    return secret.bytes().toByteArray();
}

} // namespace

QByteArray formBody(const Grant &grant, const Kind &kind)
{
    const Kind::RequestFields &name = kind.request;
    const Kind::Grants &grants = kind.grants;
    if (const auto *mfa = std::get_if<MfaGrant>(&grant)) {
        return encoded({{grants.field, grants.mfa}, {name.mfaToken, bytes(mfa->ticket)},
            {name.mfaCode, bytes(mfa->code)}});
    }
    if (const auto *refresh = std::get_if<RefreshGrant>(&grant)) {
        return encoded(
            {{grants.field, grants.refresh}, {name.refreshToken, bytes(refresh->refreshToken)}});
    }
    const auto &password = std::get<PasswordGrant>(grant);
    QByteArray body = encoded({{grants.field, grants.password}, {name.user, password.user.toUtf8()},
        {name.password, bytes(password.password)}});
    if (password.shortLived)
        body += '&' + encoded({{name.shortLived, "true"}});
    return body;
}

} // namespace latchkey
