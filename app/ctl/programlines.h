// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace latchkey::ctl {

// For people, as in printing.h.

//! What programs are allowed and which are blocked, of `grants.list`.
[[nodiscard]] std::string programLines(const nlohmann::json &grants);

//! One line per hand-out: time, session, program, process, terminal, answer.
[[nodiscard]] std::string ledgerLines(const nlohmann::json &handOuts);

} // namespace latchkey::ctl
