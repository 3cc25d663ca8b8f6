// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace latchkey::ctl {

//! The appliance that the token of such an answer is for.
[[nodiscard]] std::string serverFrom(const nlohmann::json &reply);

//! The access token of an answer to `session.token`; a Failure where there is none that fits into
//! a header.
[[nodiscard]] std::string tokenFrom(const nlohmann::json &reply);

} // namespace latchkey::ctl
