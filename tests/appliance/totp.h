// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instant.h"

#include <optional>

namespace latchkey::appliance::totp {

inline constexpr std::chrono::seconds step{30};

//! RFC 4648 base32, upper or lower case, padding optional; nothing when a character is not of the
//! alphabet.
[[nodiscard]] std::optional<QByteArray> fromBase32(const QString &text);

//! RFC 6238 with HMAC-SHA-1 and 30 s steps.
[[nodiscard]] QString code(const QByteArray &secret, Instant instant, int digits = 6);

//! True for the code of this step, the one before and the one after.
[[nodiscard]] bool isCode(const QString &code, const QByteArray &secret, Instant instant);

[[nodiscard]] std::chrono::seconds timeLeft(Instant instant);

} // namespace latchkey::appliance::totp
