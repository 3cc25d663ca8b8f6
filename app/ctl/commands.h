// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace latchkey::ctl {

// The commands, apart from signIn(). Each prints its result and returns, or throws.

struct CommonOptions {
    std::string name;
    double deadline = 10;
    bool json = false;
};

struct TokenOptions : CommonOptions {
    std::optional<double> minValid;
    bool orBest = false;
};

void list(const CommonOptions &options);
void show(const CommonOptions &options);
void token(const TokenOptions &options);
void header(const TokenOptions &options);

//! Returns only if the command could not be run, with the exit code.
[[nodiscard]] int exec(const TokenOptions &options, const std::vector<std::string> &command);

//! Prints the session's present state, and the agent's notice if the success comes with one.
void printSession(const nlohmann::json &session);

void submitCode(const CommonOptions &options, const std::string &code);
void trust(const CommonOptions &options, const std::string &sha256);
void refresh(const CommonOptions &options);
void signOut(const CommonOptions &options, bool forget);
void rename(const CommonOptions &options, const std::string &newName);
//! Sets the policy, or prints it if `policy` is empty.
void policy(const CommonOptions &options, const std::string &policy);
void watch(const CommonOptions &options);
void ledger(const CommonOptions &options);

//! Each is the path of a program, or empty.
struct ProgramsOptions : CommonOptions {
    std::string revoked; //!< of the session `name`, if that is not empty
    std::string blocked;
    std::string unblocked;
};

//! Changes what is asked for, or lists what is allowed and blocked.
void programs(const ProgramsOptions &options);
void kinds(const CommonOptions &options);
void settings(const CommonOptions &options);

} // namespace latchkey::ctl
