// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/door.h"

#include "ctl/failure.h"
#include "ctl/gateway/text.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unistd.h>

namespace latchkey::ctl {
namespace {

constexpr std::string_view localhost = "localhost";

// Clients leave HTTP's own port out.
std::string portText(unsigned port)
{
    std::string text(":"); // not a literal plus a string: GCC 12 warns of what it makes of that
    return port == 80 ? "" : text.append(std::to_string(port));
}

bool isOwnSite(std::string_view site)
{
    return site == "same-origin" || site == "none";
}

} // namespace

Door::Door(const std::string &address, unsigned port, std::string key)
    : m_port(portText(port))
    , m_address(address + m_port)
    , m_key(std::move(key))
{
}

bool Door::isOwnHost(std::string_view host) const
{
    return host == m_address || host == std::string(localhost) + m_port;
}

bool Door::isKeyHost(std::string_view host) const
{
    const std::string end = std::string(".").append(localhost).append(m_port);
    return host.ends_with(end) && isSameSecret(host.substr(0, host.size() - end.size()), m_key);
}

bool Door::isKeyPrefix(std::string_view target) const
{
    if (!target.starts_with('/')) {
        return false;
    }
    const std::string_view first = target.substr(1, target.find_first_of("/?", 1) - 1);
    return isSameSecret(first, m_key);
}

std::optional<Entry> Door::admit(const Knock &knock) const
{
    if (knock.hosts.size() != 1) {
        return std::nullopt;
    }
    const std::string host(knock.hosts.front());
    const std::string ownOrigin = "http://" + host;
    const bool byHost = isKeyHost(host);
    const bool byPrefix = isKeyPrefix(knock.target);
    const bool byHeader = knock.keys.size() == 1 && isSameSecret(knock.keys.front(), m_key);
    const bool isFromHere = std::all_of(knock.sites.begin(), knock.sites.end(), isOwnSite)
        && std::all_of(knock.origins.begin(), knock.origins.end(),
            [&](std::string_view origin) { return origin == ownOrigin; });
    if (!isFromHere || (!isOwnHost(host) && !byHost) || (!byHost && !byPrefix && !byHeader)) {
        return std::nullopt;
    }
    if (!byPrefix) {
        return Entry{std::string(knock.target), ownOrigin};
    }
    const std::string rest(knock.target.substr(1 + m_key.size()));
    return Entry{rest.starts_with('/') ? rest : "/" + rest, ownOrigin + "/" + m_key};
}

std::string Door::url() const
{
    return "http://" + m_address + "/" + m_key + "/";
}

std::string Door::browserUrl() const
{
    return "http://" + m_key + "." + std::string(localhost) + m_port + "/";
}

std::string newKey()
{
    std::array<unsigned char, 20> bytes{};
    if (getentropy(bytes.data(), bytes.size()) != 0) {
        throw Failure(ExitCode::Failed, "The system gives no random numbers.");
    }
    std::string key;
    for (const unsigned byte : bytes) {
        key += "0123456789abcdef"[byte / 16];
        key += "0123456789abcdef"[byte % 16];
    }
    return key;
}

} // namespace latchkey::ctl
