// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/grant.h"

namespace latchkey {

//! What an appliance said about a refusal: title, detail and first field error of a problem+json
//! body (protocol.md §1.12), on one line of at most 200 characters. Every secret of \a grant is
//! cut out by its value, as it is and percent-encoded, and so is whatever looks like a token or a
//! code. Empty when the body has no words of an appliance.
[[nodiscard]] QString wordsOf(const HttpOutcome &outcome, const Grant &grant);

//! At most 200 characters of it, without those that a terminal obeys.
[[nodiscard]] QString shortWords(const QString &text);

} // namespace latchkey
