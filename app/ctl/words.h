// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

//! Without control characters, which could steer the terminal.
[[nodiscard]] std::string printable(std::string_view text);

//! `2 h 5 min`: the two largest units say enough.
[[nodiscard]] std::string durationInWords(double seconds);

//! `2026-11-22T22:26:00.123Z` as `2026-11-22 22:26:00 UTC`; anything else as it is.
[[nodiscard]] std::string momentInWords(std::string time);

using Row = std::vector<std::string>;

//! A line a row, the columns below each other.
[[nodiscard]] std::string lines(const std::vector<Row> &rows);

} // namespace latchkey::ctl
