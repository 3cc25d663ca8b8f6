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

//! Throws HttpError (400) where servers differ about what is meant: dots that climb, with blanks or
//! without, backslashes, control characters and slashes, in clear or encoded; what is not UTF-8,
//! and characters that look like one of these or like a letter of ASCII; and whatever is encoded
//! twice.
[[nodiscard]] Path decodedPath(std::string_view target);

//! What its percent signs stand for; those that stand for nothing stay.
[[nodiscard]] std::string percentDecoded(std::string_view text);

//! Whether it is, or may be for some server, where an appliance gives, makes or revokes tokens, or
//! ends a session.
[[nodiscard]] bool isTokenEndpoint(const Path &path);

} // namespace latchkey::ctl
