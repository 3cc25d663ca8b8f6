// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace latchkey::ctl {

// These turn what people type into what the agent wants, or throw a Failure (usage).

//! Accepts `123 456` and `12345678`: 6 or 8 digits, with or without spaces and dashes.
[[nodiscard]] std::string normalisedCode(std::string_view typed);

//! Accepts a SHA-256 with or without colons, in upper or lower case; returns `AA:BB:…`.
[[nodiscard]] std::string normalisedFingerprint(std::string_view typed);

//! Accepts 0 s to a day; `option` is named in the error.
[[nodiscard]] std::chrono::duration<double> checkedSeconds(double seconds, const char *option);

} // namespace latchkey::ctl
