// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"

namespace latchkey {

struct Kind;

enum class GrantType { Password, Mfa, Refresh };

//! The one place where statuses and bodies become an AuthError. Only a 400 or 401 with a JSON body
//! (application/json or problem+json, docs/protocol.md §10) is a refusal. \a now turns a
//! Retry-After date into a span.
[[nodiscard]] AuthError authErrorFrom(
    const HttpOutcome &outcome, GrantType grant, const Kind &kind, WallTime now);

} // namespace latchkey
