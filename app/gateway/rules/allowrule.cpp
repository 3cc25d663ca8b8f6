// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/allowrule.h"

#include "client/failure.h"
#include "gateway/rules/httperror.h"
#include "gateway/rules/path.h"

#include <algorithm>
#include <array>

namespace latchkey::ctl {

namespace {

std::vector<std::string> cut(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

//! Excludes CONNECT, which opens a tunnel, and TRACE, which would show our token.
bool isMethod(const std::string &method)
{
    static constexpr std::array<std::string_view, 7> known{
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return std::find(known.begin(), known.end(), method) != known.end();
}

bool isPattern(const std::string &segment)
{
    return segment == "*" || segment == "**" || segment.find('*') == std::string::npos;
}

//! `*` does not match an empty segment, because some servers merge two slashes into one.
bool fits(const std::string &pattern, const std::string &segment)
{
    return pattern == "*" ? !segment.empty() : pattern == segment;
}

using Segments = std::vector<std::string>::const_iterator;

bool matches(Segments pattern, Segments patternEnd, Segments path, Segments pathEnd)
{
    // The position of the last `**` and what it has matched so far: the only place to backtrack to.
    Segments star = patternEnd;
    Segments swallowed = path;
    while (path != pathEnd) {
        if (pattern != patternEnd && *pattern == "**") {
            star = pattern++;
            swallowed = path;
        } else if (pattern != patternEnd && fits(*pattern, *path)) {
            ++pattern;
            ++path;
        } else if (star != patternEnd) {
            pattern = star + 1;
            path = ++swallowed;
        } else {
            return false;
        }
    }
    return std::all_of(
        pattern, patternEnd, [](const std::string &segment) { return segment == "**"; });
}

std::string allTexts(const std::vector<AllowRule> &rules)
{
    std::string texts;
    for (const AllowRule &rule : rules)
        texts += (texts.empty() ? "" : "; ") + rule.text();
    return texts;
}

HttpError tokenEndpointShut()
{
    return {403, "The token endpoint is never let through, whatever --allow says."};
}

} // namespace

AllowRule::AllowRule(std::string_view rule)
    : m_text(rule)
{
    const std::size_t space = rule.find(' ');
    const std::string_view path = space == std::string_view::npos ? "" : rule.substr(space + 1);
    m_methods = cut(rule.substr(0, space), ',');
    if (!path.starts_with('/') || !std::all_of(m_methods.begin(), m_methods.end(), isMethod)) {
        throw Failure(ExitCode::Usage,
            "--allow takes methods and a path, as in 'GET,HEAD /api/**', not '" + m_text + "'.");
    }
    m_pattern = cut(path.substr(1), '/');
    if (!std::all_of(m_pattern.begin(), m_pattern.end(), isPattern)) {
        throw Failure(ExitCode::Usage,
            "In --allow, * stands for a whole segment and ** for any number, unlike in '" + m_text
                + "'.");
    }
}

bool AllowRule::covers(std::string_view method, const Path &path) const
{
    const std::string_view asked = method == "HEAD" ? "GET" : method;
    const bool isMeant = std::any_of(m_methods.begin(), m_methods.end(),
        [&](const std::string &one) { return one == method || one == asked; });
    return isMeant
        && matches(m_pattern.begin(), m_pattern.end(), path.segments.begin(), path.segments.end());
}

std::vector<AllowRule> readingAlone()
{
    return {AllowRule("GET,HEAD /**")};
}

void requireAllowed(const std::vector<AllowRule> &rules, std::string_view method, const Path &path)
{
    if (isTokenEndpoint(path))
        throw tokenEndpointShut();
    const bool isAllowed = std::any_of(rules.begin(), rules.end(),
        [&](const AllowRule &rule) { return rule.covers(method, path); });
    if (!isAllowed) {
        throw HttpError(403,
            "This request is not allowed. What is: " + allTexts(rules)
                + " (see --allow of latchkeyctl gateway).");
    }
}

void requireNoneOf(const std::vector<Path> &tokenPaths, const Path &path)
{
    if (isAtOrBelow(path, tokenPaths))
        throw tokenEndpointShut();
}

} // namespace latchkey::ctl
