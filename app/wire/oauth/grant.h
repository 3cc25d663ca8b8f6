// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "wire/oauth/replyerror.h"

#include <QString>

#include <variant>

namespace latchkey {

//! What one exchange with the token endpoint sends (docs/protocol.md §3). The kind names the
//! fields.
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

//! The request's body, `application/x-www-form-urlencoded`. Each value is percent-encoded by
//! itself, because QUrlQuery leaves `+` as it is, and that would be read as a blank.
[[nodiscard]] QByteArray formBody(const Grant &grant, const Kind &kind);

} // namespace latchkey
