// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "protocol/exitcode.h"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace latchkey::ctl {

using protocol::ExitCode;

//! Ends a command with a sentence for stderr and an exit code. Only main() prints it.
class Failure : public std::runtime_error {
public:
    Failure(ExitCode code, const std::string &sentence)
        : std::runtime_error(sentence)
        , m_code(code)
    {
    }

    [[nodiscard]] ExitCode code() const { return m_code; }

private:
    ExitCode m_code;
};

//! A refusal by the agent, with the data that came with it (`sha256`, `pinned`, `best`).
class AgentError : public Failure {
public:
    AgentError(ExitCode code, const std::string &sentence, nlohmann::json data)
        : Failure(code, sentence)
        , m_data(std::move(data))
    {
    }

    [[nodiscard]] const nlohmann::json &data() const { return m_data; }

private:
    nlohmann::json m_data;
};

//! The agent has closed the connection, as opposed to being silent or refusing.
class ConnectionBroken : public Failure {
public:
    using Failure::Failure;
};

//! Nobody reads our output any more: end without a message.
class OutputClosed : public std::exception { };

} // namespace latchkey::ctl
