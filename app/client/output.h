// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace latchkey::ctl {

//! `latchkeyctl: SENTENCE` and a newline, for stderr. What a terminal would obey is escaped.
[[nodiscard]] std::string errorLine(std::string_view sentence);

//! In ASCII, indented, with a newline at the end.
[[nodiscard]] std::string jsonText(const nlohmann::json &value);
//! The same in one line.
[[nodiscard]] std::string jsonLine(const nlohmann::json &value);

} // namespace latchkey::ctl
