// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace latchkey::ctl {

//! `latchkeyctl: SENTENCE` and a newline, for stderr. Characters that a terminal would obey are
//! escaped.
[[nodiscard]] std::string errorLine(std::string_view sentence);

//! Indented ASCII with a newline at the end.
[[nodiscard]] std::string jsonText(const nlohmann::json &value);
//! The same on one line.
[[nodiscard]] std::string jsonLine(const nlohmann::json &value);

} // namespace latchkey::ctl
