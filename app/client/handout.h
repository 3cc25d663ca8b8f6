// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace latchkey::ctl {

//! The appliance that the token in this answer is for.
[[nodiscard]] std::string serverFrom(const nlohmann::json &reply);

//! The access token in an answer to `session.token`; throws a Failure if there is none or if it
//! does not fit into a header.
[[nodiscard]] std::string tokenFrom(const nlohmann::json &reply);

} // namespace latchkey::ctl
