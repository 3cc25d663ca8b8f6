// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

//! The path of a request as the appliance will read it: percent-decoded and split at its slashes.
//! `/api/v8/` is `api`, `v8` and an empty segment.
struct Path {
    std::vector<std::string> segments;
};

//! Throws HttpError (400) if servers may disagree about the meaning: dots that lead to a parent,
//! with or without blanks; backslashes, control characters and slashes, plain or encoded; anything
//! that is not UTF-8; characters that look like one of these or like an ASCII letter; and anything
//! that is encoded twice.
[[nodiscard]] Path decodedPath(std::string_view target);

//! Decodes percent signs; those that encode nothing stay as they are.
[[nodiscard]] std::string percentDecoded(std::string_view text);

//! Whether this is, or may be for some server, an address where an appliance gives, makes or
//! revokes tokens, or ends a session.
[[nodiscard]] bool isTokenEndpoint(const Path &path);

//! Whether this is, or may be for some server, one of `places` or below it. In a place, a segment
//! with `{version}` in it stands for any one segment.
[[nodiscard]] bool isAtOrBelow(const Path &path, const std::vector<Path> &places);

//! Where the session's kind of appliance deals in tokens, from the agent's hand-out. Throws a
//! Failure if the agent does not know the kind.
[[nodiscard]] std::vector<Path> tokenPathsFrom(const nlohmann::json &handOut);

} // namespace latchkey::ctl
