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

//! Throws HttpError (403) with the rules if none allows the request. No rule opens the token
//! endpoint.
void requireAllowed(const std::vector<AllowRule> &rules, std::string_view method, const Path &path);

} // namespace latchkey::ctl
