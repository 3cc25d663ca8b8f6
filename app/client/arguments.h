// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace latchkey::ctl {

// What people type as the agent wants it; a Failure (usage) where that cannot be.

//! `123 456` and `12345678` as the appliance wants them: 6 or 8 digits.
[[nodiscard]] std::string normalisedCode(std::string_view typed);

//! A SHA-256 with or without colons, in any case, as `AA:BB:…`.
[[nodiscard]] std::string normalisedFingerprint(std::string_view typed);

//! From 0 to a day; `option` is who is to blame.
[[nodiscard]] std::chrono::duration<double> checkedSeconds(double seconds, const char *option);

} // namespace latchkey::ctl
