// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/headers.h"

#include "gateway/rules/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace latchkey::ctl {

namespace {

template<std::size_t size>
bool isIn(const std::array<std::string_view, size> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

//! The headers of RFC 9110, 7.6.1, those of older programs, and the length, which we set ourselves.
bool isOfTheConnection(std::string_view name)
{
    static constexpr std::array<std::string_view, 8> names{"connection", "content-length",
        "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings"};
    return isIn(names, name) || name.starts_with("proxy-");
}

//! Treats `_` as `-`, because many servers hand both to programs under one name, as CGI does.
std::string dashed(std::string_view name)
{
    std::string result(name);
    std::replace(result.begin(), result.end(), '_', '-');
    return result;
}

} // namespace

bool isForAppliance(std::string_view spelling)
{
    const std::string name = dashed(spelling);
    static constexpr std::array<std::string_view, 8> ours{"authorization", "cookie", "host",
        "origin", "referer", "latchkey-key", "forwarded", "expect"};
    // These ask a server to treat the request as another one, which would bypass --allow.
    static constexpr std::array<std::string_view, 5> disguises{"x-http-method",
        "x-http-method-override", "x-method-override", "x-original-url", "x-rewrite-url"};
    return !isOfTheConnection(name) && !isIn(ours, name) && !isIn(disguises, name)
        && !name.starts_with("x-forwarded-");
}

bool isForClient(std::string_view name)
{
    // These refer to the appliance's own origin, not to ours.
    static constexpr std::array<std::string_view, 6> theirs{"set-cookie", "set-cookie2",
        "strict-transport-security", "alt-svc", "clear-site-data", "service-worker-allowed"};
    return !isOfTheConnection(name) && !isIn(theirs, name) && !name.starts_with("access-control-");
}

bool isNamedIn(std::string_view connection, std::string_view name)
{
    const std::string all = lowered(connection);
    std::string_view rest = all;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        std::string_view option = rest.substr(0, end);
        option.remove_prefix(std::min(option.find_first_not_of(" \t"), option.size()));
        option = option.substr(0, option.find_last_not_of(" \t") + 1);
        if (option == name)
            return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

} // namespace latchkey::ctl
