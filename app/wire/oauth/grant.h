// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "wire/oauth/replyerror.h"

#include <QString>

#include <variant>

namespace latchkey {

//! One exchange with the token endpoint, with what it needs. Field names are the kind's.
struct PasswordGrant {
    QString user;
    Secret password;
    bool shortLived = false;
};
struct MfaGrant {
    Secret ticket;
    Secret code;
};
struct RefreshGrant {
    Secret refreshToken;
};
using Grant = std::variant<PasswordGrant, MfaGrant, RefreshGrant>;

[[nodiscard]] inline GrantType typeOf(const Grant &grant)
{
    static constexpr GrantType types[] = {GrantType::Password, GrantType::Mfa, GrantType::Refresh};
    return types[grant.index()];
}

struct Kind;

//! `application/x-www-form-urlencoded`, value by value: QUrlQuery would leave `+` as it is.
[[nodiscard]] QByteArray formBody(const Grant &grant, const Kind &kind);

} // namespace latchkey
