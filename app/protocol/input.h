// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::protocol {

//! What codeDigits() and fingerprintText() accept, as sentences for those who gave something else.
constexpr std::string_view codeRule = "A verification code has 6 or 8 digits.";
constexpr std::string_view fingerprintRule = "A SHA-256 fingerprint has 64 hex digits.";

//! The digits of a verification code that a person typed or pasted, with or without spaces and
//! dashes: 6 from an authenticator, or 8 of a scratch code (docs/protocol.md §5). Nothing from any
//! other UTF-8.
[[nodiscard]] std::optional<std::string> codeDigits(std::string_view typed);

//! A SHA-256 as `AA:BB:…`, from 64 hex digits in any case, with or without colons and spaces.
//! Nothing from any other UTF-8.
[[nodiscard]] std::optional<std::string> fingerprintText(std::string_view typed);

} // namespace latchkey::protocol
