// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"

namespace latchkey {

class Redactor;

//! What an appliance said about a refusal: title, detail, message and first field error of a
//! problem+json body (docs/protocol.md §10), in this order, as one line of at most 200 characters.
//! It is `Redactor::withheld` if \a redactor finds a secret in it; what looks like a token or a
//! code is cut out. Empty when the body has no such words.
[[nodiscard]] QString applianceMessage(const HttpOutcome &outcome, const Redactor &redactor);

//! A name that an appliance or its certificate gives to something, withheld and shortened as above.
//! Digits that look like a code stay: they may be part of an id.
[[nodiscard]] QString nameFrom(const QString &told, const Redactor &redactor);

//! The first 200 characters, without controls, the last of them `…` where something is cut off.
[[nodiscard]] QString shortened(const QString &text);

} // namespace latchkey
