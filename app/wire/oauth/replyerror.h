// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"

namespace latchkey {

struct Kind;

enum class GrantType { Password, Mfa, Refresh };

//! The one place where an answer without tokens becomes an AuthError. Only a 400 or 401 with a JSON
//! body (application/json or problem+json, docs/protocol.md §10) is a refusal; for a password or a
//! code, so is a 403 with one. \a now is needed to make a span of a Retry-After that is a date.
[[nodiscard]] AuthError authErrorFrom(
    const HttpOutcome &outcome, GrantType grant, const Kind &kind, WallTime now);

} // namespace latchkey
