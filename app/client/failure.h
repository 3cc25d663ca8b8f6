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

//! Ends a command: a sentence for stderr and the exit code. main() alone prints it.
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

//! The agent's own "no", with what it said besides (`sha256`, `pinned`, `best`).
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

//! Nobody reads our output any more: leave without a word.
class OutputClosed : public std::exception { };

} // namespace latchkey::ctl
