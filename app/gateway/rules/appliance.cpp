// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/appliance.h"

#include "client/failures.h"
#include "gateway/rules/listening.h"
#include "gateway/rules/text.h"

#include <algorithm>

namespace latchkey::ctl {

namespace {

constexpr std::string_view secure = "https://";
constexpr std::string_view plain = "http://";

std::string memberOf(const nlohmann::json &session, const char *name)
{
    const auto found = session.find(name);
    return found != session.end() && found->is_string() ? found->get<std::string>() : "";
}

//! By http only what stays on this machine.
bool isReachedSafely(const Appliance &appliance)
{
    const bool isHere = appliance.host == "localhost" || isLoopback(appliance.host);
    return appliance.isSecure || (isHere && !appliance.proxy);
}

void splitAuthority(Appliance &appliance)
{
    const std::string_view authority = appliance.authority;
    const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
    const std::size_t colon =
        bracket == std::string_view::npos ? bracket : authority.find(':', bracket);
    const std::string_view host = authority.substr(0, colon);
    appliance.host = bracket == 0 ? host : host.substr(1, bracket - 1);
    appliance.port = appliance.isSecure ? "443" : "80";
    if (colon != std::string_view::npos && colon + 1 < authority.size())
        appliance.port = authority.substr(colon + 1);
}

//! Compares whole segments: `/veeamer` is not below `/veeam`.
bool isBelow(std::string_view path, std::string_view base)
{
    return path.starts_with(base)
        && (path.size() == base.size() || path[base.size()] == '/' || path[base.size()] == '?');
}

} // namespace

Appliance Appliance::from(const nlohmann::json &session)
{
    const std::string server = memberOf(session, "server");
    Appliance appliance;
    appliance.isSecure = server.starts_with(secure);
    const std::size_t start = appliance.isSecure ? secure.size() : plain.size();
    const std::size_t end = std::min(server.find('/', start), server.size());
    appliance.authority = server.substr(std::min(start, end), end - std::min(start, end));
    appliance.basePath = server.substr(end);
    while (appliance.basePath.ends_with('/'))
        appliance.basePath.pop_back();
    appliance.pin = memberOf(session, "pin");
    appliance.proxy = Proxy::from(session);
    splitAuthority(appliance);
    const bool isUsable = !appliance.host.empty()
        && std::all_of(appliance.authority.begin(), appliance.authority.end(), isHostCharacter)
        && (appliance.isSecure || server.starts_with(plain)) && isReachedSafely(appliance);
    if (!isUsable)
        throw unusableAppliance();
    return appliance;
}

bool Appliance::isWhere(const Appliance &other) const
{
    return isSecure == other.isSecure && host == other.host && port == other.port
        && basePath == other.basePath;
}

std::string Appliance::localised(std::string_view location, std::string_view base) const
{
    const std::string origin = std::string(isSecure ? secure : plain) + authority;
    std::string_view path = location;
    const bool hasOrigin = lowered(location.substr(0, origin.size())) == lowered(origin);
    if (hasOrigin)
        path.remove_prefix(origin.size());
    // `//host/path` names another host, `path` needs no change, and `https://host.evil` is foreign.
    const bool isPath = path.starts_with('/') && (hasOrigin || !path.starts_with("//"));
    const bool isRoot = hasOrigin && path.empty();
    if ((!isPath && !isRoot) || !isBelow(path, basePath))
        return std::string(location);
    return std::string(base) + std::string(path.substr(basePath.size()));
}

} // namespace latchkey::ctl
