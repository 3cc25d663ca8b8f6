// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/failure.h"

#include <nlohmann/json.hpp>

#include <string>

namespace latchkey::ctl {

// JSON-RPC 2.0 as the agent speaks it, a line a message. What makes no sense is thrown as a
// Failure.

//! With its end.
[[nodiscard]] std::string requestLine(int id, const std::string &method, nlohmann::json params);

[[nodiscard]] nlohmann::json parsedLine(const std::string &line);
[[nodiscard]] bool isAnswerTo(int id, const nlohmann::json &message);

//! An answer's. The agent's no is thrown as an AgentError.
[[nodiscard]] nlohmann::json resultOf(const nlohmann::json &message);

//! Empty where there is none, or no text.
[[nodiscard]] std::string memberText(const nlohmann::json &object, const char *member);

} // namespace latchkey::ctl
