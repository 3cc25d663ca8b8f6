// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/failure.h"

#include <nlohmann/json.hpp>

#include <string>

namespace latchkey::ctl {

// JSON-RPC 2.0 as the agent speaks it, with one message per line. A malformed message is thrown as
// a Failure.

//! Including the newline.
[[nodiscard]] std::string requestLine(int id, const std::string &method, nlohmann::json params);

[[nodiscard]] nlohmann::json parsedLine(const std::string &line);
[[nodiscard]] bool isAnswerTo(int id, const nlohmann::json &message);

//! The result in an answer. If the agent refused, throws an AgentError.
[[nodiscard]] nlohmann::json resultOf(const nlohmann::json &message);

//! Empty if the member is missing or not a string.
[[nodiscard]] std::string memberText(const nlohmann::json &object, const char *member);

} // namespace latchkey::ctl
