// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

//! The path of a request as the appliance will read it: percent-decoded, cut at its slashes.
//! `/api/v8/` is `api`, `v8` and an empty one.
struct Path {
    std::vector<std::string> segments;
};

//! Throws Refused (400) where servers differ about what is meant: dots that climb, backslashes,
//! control characters and slashes, in clear, encoded, or encoded again.
[[nodiscard]] Path decodedPath(std::string_view target);

//! Whether it is where an appliance takes or gives refresh tokens, or ends a session.
[[nodiscard]] bool isTokenEndpoint(const Path &path);

} // namespace latchkey::ctl
