// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace latchkey::ctl {

struct SignInOptions {
    std::string name;
    std::optional<std::string> server;
    std::optional<std::string> user;
    std::optional<std::string> kind;
    std::optional<std::string> clientId;
    std::optional<std::string> code;
    std::optional<std::string> trust;
    bool passwordFromStdin = false;
    bool clientSecretFromStdin = false;
    bool shortLived = false;
    bool memoryOnly = false;
    double deadline = 30;
};

//! Signs in and returns the session. Without a kind, finds it out first. If a person is at the
//! terminal, asks for missing details and for what the appliance wants to know: whether its
//! certificate is trusted, and codes.
[[nodiscard]] nlohmann::json signIn(const SignInOptions &options);

} // namespace latchkey::ctl
