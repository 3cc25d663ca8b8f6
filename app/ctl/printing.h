// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/failure.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace latchkey::ctl {

// Text for people: characters that a terminal would obey are escaped, and missing values are a
// dash.

//! The sentence and, if a certificate is in question, its fingerprints; if it is a kind, those that
//! fit.
[[nodiscard]] std::string explanation(const AgentError &error);

//! The line `SHA-256: …` and, if another certificate was trusted before, `Trusted before: …`.
[[nodiscard]] std::string fingerprints(const nlohmann::json &errorData);

//! The notice that comes with a success; empty if there is none.
[[nodiscard]] std::string noticeIn(const nlohmann::json &result);

//! One line per session: name, state, user, role, time left.
[[nodiscard]] std::string sessionLines(const nlohmann::json &sessions);

//! One line per fact.
[[nodiscard]] std::string sessionDetails(const nlohmann::json &session);

//! One line that says which programs may have its tokens.
[[nodiscard]] std::string policyLine(const nlohmann::json &session);

//! The level of the log, and which file it is in.
[[nodiscard]] std::string logLines(const nlohmann::json &told);

//! One line per fact about Latchkey itself, then the same for each session after an empty line.
//! Each problem is a line `Problem`.
[[nodiscard]] std::string doctorReport(const nlohmann::json &report);

//! One line per candidate: `Veeam ONE (one) at https://host:1239`.
[[nodiscard]] std::string candidateLines(const nlohmann::json &candidates);

//! What a person should know about a candidate's kind; empty if there is nothing.
[[nodiscard]] std::string hintLine(const nlohmann::json &candidate);

//! One line per kind: id, name, port, second factor, short-lived sessions, logout. Below them, what
//! is wrong with kind files.
[[nodiscard]] std::string kindLines(const nlohmann::json &told);
//! Settings and what the administrator has decided, of `agent.settings`.
[[nodiscard]] std::string settingLines(const nlohmann::json &told);

} // namespace latchkey::ctl
