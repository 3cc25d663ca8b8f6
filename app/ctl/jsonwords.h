// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace latchkey::ctl {

//! A text, a number, or `yes` and `no`; a dash for all else.
[[nodiscard]] std::string text(const nlohmann::json &value);

//! null where \a object has none.
[[nodiscard]] const nlohmann::json &member(const nlohmann::json &object, const char *name);

//! As text().
[[nodiscard]] std::string textOf(const nlohmann::json &object, const char *name);

//! As momentInWords().
[[nodiscard]] std::string moment(const nlohmann::json &value);

} // namespace latchkey::ctl
