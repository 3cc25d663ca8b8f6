// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

struct Path;

//! A rule such as `GET,HEAD /api/**`: methods, and the paths for which they are allowed. `*`
//! matches one segment, `**` any number of segments. A rule that allows GET also allows HEAD.
class AllowRule {
public:
    //! Throws a Failure (usage) if `rule` is malformed.
    explicit AllowRule(std::string_view rule);

    [[nodiscard]] bool covers(std::string_view method, const Path &path) const;
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    std::string m_text;
    std::vector<std::string> m_methods;
    std::vector<std::string> m_pattern;
};

//! The default: everything may be read.
[[nodiscard]] std::vector<AllowRule> readingAlone();

//! Throws HttpError (403) with the rules if none allows the request. No rule opens a token
//! endpoint.
void requireAllowed(const std::vector<AllowRule> &rules, std::string_view method, const Path &path);

//! Throws HttpError (403) if the path is at or below one of those where the session's kind of
//! appliance deals in tokens.
void requireNoneOf(const std::vector<Path> &tokenPaths, const Path &path);

} // namespace latchkey::ctl
