// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"

namespace latchkey {

class Redactor;

//! What an appliance said about a refusal: title, detail and first field error of a problem+json
//! body (docs/protocol.md §10), on one line of at most 200 characters. Withheld as a whole where
//! \a redactor finds a secret in it; whatever looks like a token or a code is cut out. Empty when
//! the body has no words of an appliance.
[[nodiscard]] QString applianceMessage(const HttpOutcome &outcome, const Redactor &redactor);

//! A name that an appliance or its certificate gives to something: withheld or shortened likewise,
//! with codes left in, for it may be a number.
[[nodiscard]] QString nameFrom(const QString &told, const Redactor &redactor);

//! At most 200 characters of it, without those that a terminal obeys.
[[nodiscard]] QString shortened(const QString &text);

} // namespace latchkey
