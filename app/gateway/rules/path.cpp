// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/path.h"

#include "client/failure.h"
#include "gateway/rules/httperror.h"
#include "gateway/rules/text.h"
#include "protocol/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace latchkey::ctl {

namespace {

HttpError unclear(const std::string &what)
{
    return {400, "The path is not passed on: it holds " + what + "."};
}

std::optional<unsigned> digit(char c)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    const std::size_t value = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    return value == std::string_view::npos ? std::nullopt : std::optional<unsigned>(value);
}

//! The character that the percent sign at `at` encodes.
std::optional<char> encodedAt(std::string_view text, std::size_t at)
{
    if (at + 2 >= text.size() || text[at] != '%')
        return std::nullopt;
    const auto high = digit(text[at + 1]);
    const auto low = digit(text[at + 2]);
    return high && low ? std::optional(static_cast<char>(*high * 16 + *low)) : std::nullopt;
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

//! Some servers cut off a segment's parameters, so `..;x` leads to the parent. Others decode a
//! segment before they look for the query.
std::string_view withoutParameters(std::string_view segment)
{
    return segment.substr(0, segment.find_first_of(";?#"));
}

//! Some servers drop blanks at both ends of a name, and some drop dots at its end.
bool climbs(std::string_view segment)
{
    const std::string_view name = withoutParameters(segment);
    return name.find('.') != std::string_view::npos
        && name.find_first_not_of(" .") == std::string_view::npos;
}

//! Characters that a server that normalises (NFKC or the like) takes for a dot, a slash, a percent
//! sign or an ASCII letter, and characters that it may drop or take for a blank. Includes whole
//! blocks that no name of a person or thing needs.
bool isLookAlike(char32_t character)
{
    using Range = std::pair<char32_t, char32_t>;
    static constexpr std::array<Range, 28> ranges{{
        {0x80, 0xbf}, // controls, blanks, signs
        {0x2b0, 0x2ff}, // modifier letters
        {0x34f, 0x34f}, {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, // invisible
        {0x37e, 0x37e}, // a semicolon
        {0x1680, 0x1680}, // a blank
        {0x1d00, 0x1dbf}, // small capitals and modifier letters
        {0x2000, 0x200f}, {0x2024, 0x202f}, {0x2044, 0x209f}, // blanks, dots, slashes, superscripts
        {0x20a9, 0x20a9}, // the won sign, a backslash in Korea
        {0x2100, 0x218f}, // letterlike
        {0x2215, 0x2216}, {0x29f5, 0x29f9}, // slashes
        {0x2460, 0x24ff}, // enclosed
        {0x2c7c, 0x2c7d}, // modifier letters
        {0x3000, 0x3002}, {0x3164, 0x3164}, {0x3200, 0x33ff}, // East Asian
        {0xfe00, 0xfe6f}, {0xfeff, 0xfeff}, {0xff00, 0xffff}, // small, wide, vertical, invisible
        {0x1d400, 0x1d7ff}, {0x1f100, 0x1f1ff}, // mathematical letters, enclosed ones
        {0x1fbf0, 0x1fbf9}, // digits of old computers
        {0xe0000, 0x10ffff}, // invisible, private
    }};
    return std::any_of(ranges.begin(), ranges.end(), [character](const Range &range) {
        return character >= range.first && character <= range.second;
    });
}

void requirePlain(std::string_view segment)
{
    while (!segment.empty()) {
        const auto first = protocol::firstCharacter(segment);
        if (!first)
            throw unclear("what is not UTF-8");
        if (isLookAlike(first->code))
            throw unclear("a character that may be taken for another");
        segment.remove_prefix(first->size);
    }
}

void requireClear(std::string_view segment)
{
    if (std::any_of(segment.begin(), segment.end(), isControl))
        throw unclear("control characters");
    if (segment.find_first_of("/\\") != std::string_view::npos)
        throw unclear("a backslash or an encoded slash");
    requirePlain(segment);
    if (climbs(segment))
        throw unclear("a segment of dots");
}

void requireEncoding(std::string_view segment)
{
    for (std::size_t at = segment.find('%'); at != std::string_view::npos;
        at = segment.find('%', at + 1)) {
        if (!encodedAt(segment, at))
            throw unclear("a percent sign that encodes nothing");
    }
}

//! If another program behind us decodes once more, the result must not change.
std::string decodedSegment(std::string_view raw)
{
    requireEncoding(raw);
    std::string result = percentDecoded(raw);
    requireClear(result);
    if (percentDecoded(result) != result)
        throw unclear("what is encoded twice");
    return result;
}

//! As lenient as the most lenient server: ignores case, parameters, surrounding blanks, and dots at
//! the end.
std::string nameOf(const std::string &segment)
{
    std::string name = lowered(withoutParameters(segment));
    name.erase(name.find_last_not_of(" .") + 1);
    return name.erase(0, name.find_first_not_of(' '));
}

//! docs/protocol.md §13. Also covers a path below `token`, such as `token/authorizationCode`.
bool isOfTokens(const std::string &name)
{
    return name == "token" || name == "logout" || name == "revoke";
}

//! Empty segments are left out, because some servers merge slashes.
std::vector<std::string> namesOf(const Path &path)
{
    std::vector<std::string> names;
    for (const std::string &segment : path.segments) {
        if (std::string name = nameOf(segment); !name.empty())
            names.push_back(std::move(name));
    }
    return names;
}

bool fits(const std::string &name, const std::string &place)
{
    return place.find("{version}") != std::string::npos || name == place;
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
    if (!target.starts_with('/') || std::any_of(target.begin(), target.end(), isForeign))
        throw HttpError(400, "What is asked for is not a path, or not encoded.");
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
    bool isBelow = false; // everything below oauth2 deals in tokens
    for (const std::string &segment : path.segments) {
        const std::string name = nameOf(segment);
        if (isOfTokens(name) || (isBelow && !name.empty()))
            return true;
        isBelow = isBelow || name == "oauth2";
    }
    return false;
}

bool isAtOrBelow(const Path &path, const std::vector<Path> &places)
{
    const std::vector<std::string> names = namesOf(path);
    return std::any_of(places.begin(), places.end(), [&names](const Path &place) {
        const std::vector<std::string> wanted = namesOf(place);
        return wanted.size() <= names.size()
            && std::equal(wanted.begin(), wanted.end(), names.begin(),
                [](const std::string &one, const std::string &name) { return fits(name, one); });
    });
}

std::vector<Path> tokenPathsFrom(const nlohmann::json &handOut)
{
    const auto told = handOut.find("tokenPaths");
    if (told == handOut.end() || !told->is_array()) {
        throw Failure(ExitCode::Failed,
            "Latchkey does not say where this appliance deals in tokens, so nothing is passed on. "
            "See: latchkeyctl doctor");
    }
    std::vector<Path> paths;
    for (const nlohmann::json &path : *told)
        paths.push_back(decodedPath(path.is_string() ? path.get<std::string>() : ""));
    return paths;
}

} // namespace latchkey::ctl
