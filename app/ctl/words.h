// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace latchkey::ctl {

//! `2 h 5 min`: the two largest units are enough.
[[nodiscard]] std::string durationInWords(double seconds);

//! `2026-11-22T22:26:00.123Z` as `2026-11-22 22:26:00 UTC`; anything else is left as it is.
[[nodiscard]] std::string momentInWords(std::string time);

using Row = std::vector<std::string>;

//! One line per row, with aligned columns. Characters that a terminal would obey are escaped.
[[nodiscard]] std::string lines(const std::vector<Row> &rows);

} // namespace latchkey::ctl
