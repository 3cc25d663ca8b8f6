// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"

namespace latchkey {

struct Kind;

enum class GrantType { Password, Mfa, Refresh };

//! Whether an answer means that the appliance does not serve the version of its API that it was
//! asked with. To a refresh, a 400 may always mean that: it must not end a session.
[[nodiscard]] bool refusesVersion(const HttpOutcome &outcome, GrantType grant, const Kind &kind);

//! The one place where an answer without tokens becomes an AuthError. Only a 400 or 401 with a JSON
//! body (application/json or problem+json, docs/protocol.md §10) is a refusal; for a password or a
//! code, so is a 403 with one. Where the kind answers by RFC 6749, only `invalid_grant` refuses a
//! refresh token. Without TLS, nothing proves that. \a now is needed to make a span of a
//! Retry-After that is a date.
[[nodiscard]] AuthError authErrorFrom(
    const HttpOutcome &outcome, GrantType grant, const Kind &kind, WallTime now);

} // namespace latchkey
