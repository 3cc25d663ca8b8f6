// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/path.h"

#include "ctl/gateway/refused.h"
#include "ctl/gateway/text.h"

#include <algorithm>
#include <optional>

namespace latchkey::ctl {
namespace {

Refused unclear(const std::string &what)
{
    return {400, "The path is not passed on: it holds " + what + "."};
}

std::optional<unsigned> digit(char c)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    const std::size_t value = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    return value == std::string_view::npos ? std::nullopt : std::optional<unsigned>(value);
}

// What the percent sign at `at` stands for.
std::optional<char> encodedAt(std::string_view text, std::size_t at)
{
    if (at + 2 >= text.size() || text[at] != '%') {
        return std::nullopt;
    }
    const auto high = digit(text[at + 1]);
    const auto low = digit(text[at + 2]);
    return high && low ? std::optional(static_cast<char>(*high * 16 + *low)) : std::nullopt;
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Some servers cut a segment's parameters off: `..;x` climbs there.
bool climbs(std::string_view segment)
{
    const std::string_view name = segment.substr(0, segment.find(';'));
    return name == "." || name == "..";
}

void requireClear(std::string_view segment)
{
    if (std::any_of(segment.begin(), segment.end(), isControl)) {
        throw unclear("control characters");
    }
    if (segment.find_first_of("/\\") != std::string_view::npos) {
        throw unclear("a backslash or an encoded slash");
    }
    if (climbs(segment)) {
        throw unclear("a segment of dots");
    }
}

void requireEncoding(std::string_view segment)
{
    for (std::size_t at = segment.find('%'); at != std::string_view::npos;
        at = segment.find('%', at + 1)) {
        if (!encodedAt(segment, at)) {
            throw unclear("a percent sign that encodes nothing");
        }
    }
}

// Nothing else may come to light if somebody behind us decodes once more.
std::string decodedSegment(std::string_view raw)
{
    requireEncoding(raw);
    std::string result = percentDecoded(raw);
    requireClear(result);
    if (percentDecoded(result) != result) {
        throw unclear("what is encoded twice");
    }
    return result;
}

// As lax as the laxest server: letters in any case, no parameters, no dots and spaces at the end.
std::string nameOf(const std::string &segment)
{
    const std::string name = lowered(segment.substr(0, segment.find(';')));
    return name.substr(0, name.find_last_not_of(" .") + 1);
}

// protocol.md, 3: `token` also where one more is made of it, as in `token/authorizationCode`.
bool isOfTokens(const std::string &name)
{
    return name == "token" || name == "logout" || name == "revoke";
}

std::string_view pathOf(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

} // namespace

std::string percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto encoded = encodedAt(text, at);
        result += encoded.value_or(text[at]);
        at += encoded ? 2 : 0;
    }
    return result;
}

Path decodedPath(std::string_view target)
{
    const auto isForeign = [](char c) {
        return c <= ' ' || c > '~' || c == '#';
    };
    if (!target.starts_with('/') || std::any_of(target.begin(), target.end(), isForeign)) {
        throw Refused(400, "What is asked for is not a path, or not encoded.");
    }
    Path path;
    std::string_view rest = pathOf(target);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find('/'), rest.size());
        path.segments.push_back(decodedSegment(rest.substr(0, end)));
        rest.remove_prefix(end);
    }
    return path;
}

bool isTokenEndpoint(const Path &path)
{
    bool isBelow = false; // all of oauth2 deals in tokens
    for (const std::string &segment : path.segments) {
        const std::string name = nameOf(segment);
        if (isOfTokens(name) || (isBelow && !name.empty())) {
            return true;
        }
        isBelow = isBelow || name == "oauth2";
    }
    return false;
}

} // namespace latchkey::ctl
