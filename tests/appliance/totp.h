// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instant.h"

#include <optional>

namespace latchkey::appliance::totp {

inline constexpr std::chrono::seconds step{30};

//! The bytes of RFC 4648 base32, in upper or lower case, with or without padding. Nothing where a
//! character is not of the alphabet.
[[nodiscard]] std::optional<QByteArray> fromBase32(const QString &text);

//! The code by RFC 6238, with HMAC-SHA-1 and steps of 30 s.
[[nodiscard]] QString code(const QByteArray &secret, Instant instant, int digits = 6);

//! Whether it is the code of this step, of the one before or of the one after.
[[nodiscard]] bool isCode(const QString &code, const QByteArray &secret, Instant instant);

[[nodiscard]] std::chrono::seconds timeLeft(Instant instant);

} // namespace latchkey::appliance::totp
