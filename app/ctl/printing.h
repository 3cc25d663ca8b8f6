// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/failure.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace latchkey::ctl {

// For people: what a terminal would obey is escaped, and what is absent is a dash.

//! The sentence and, where a certificate is in question, its fingerprints.
[[nodiscard]] std::string explanation(const AgentError &error);

//! The lines `SHA-256: …` and, when another one was trusted before, `Trusted before: …`.
[[nodiscard]] std::string fingerprints(const nlohmann::json &errorData);

//! What the agent adds to a success; empty where there is nothing.
[[nodiscard]] std::string noticeIn(const nlohmann::json &result);

//! A line a session: name, state, user, role, time left.
[[nodiscard]] std::string sessionLines(const nlohmann::json &sessions);

//! A line a fact.
[[nodiscard]] std::string sessionDetails(const nlohmann::json &session);

//! Which programs may have its tokens.
[[nodiscard]] std::string policyLine(const nlohmann::json &session);

//! A line a fact and, after an empty one, the same for each session. Each trouble is a line
//! `Problem`.
[[nodiscard]] std::string doctorReport(const nlohmann::json &report);

//! A line a hand-out: when, session, program, process, terminal, answer.
[[nodiscard]] std::string ledgerLines(const nlohmann::json &handOuts);

} // namespace latchkey::ctl
