// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/authenticator.h"

#include "client/failure.h"
#include "gateway/rules/httperror.h"
#include "gateway/rules/text.h"

#include <algorithm>
#include <array>
#include <utility>

#include <arpa/inet.h>
#include <unistd.h>

namespace latchkey::ctl {

namespace {

constexpr std::string_view localhost = "localhost";

//! Clients leave out HTTP's default port.
std::string portText(unsigned port)
{
    std::string text(":"); // not a literal plus a string: GCC 12 warns about that
    return port == 80 ? "" : text.append(std::to_string(port));
}

//! The host without its port; empty if it is malformed.
std::string_view nameOf(std::string_view host)
{
    const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
    const std::size_t colon = bracket == std::string_view::npos ? bracket : host.find(':', bracket);
    if (colon == std::string_view::npos)
        return host;
    return isPort(host.substr(colon + 1)) ? host.substr(0, colon) : "";
}

//! A page can point a host name of its own to another program's address and then counts as the same
//! site as that program. It cannot do that with an IP address.
bool isAddress(std::string_view name)
{
    std::array<unsigned char, 16> address{};
    const bool isBracketed = name.starts_with('[') && name.ends_with(']');
    const std::string text(isBracketed ? name.substr(1, name.size() - 2) : name);
    return inet_pton(isBracketed ? AF_INET6 : AF_INET, text.c_str(), address.data()) == 1;
}

bool isNobodysName(std::string_view host)
{
    const std::string_view name = nameOf(host);
    return name == localhost || isAddress(name);
}

bool isOwnSite(std::string_view site)
{
    return site == "same-origin" || site == "none";
}

} // namespace

Authenticator::Authenticator(const std::string &address, unsigned port, std::string key)
    : m_port(portText(port))
    , m_address(address + m_port)
    , m_key(std::move(key))
{
}

bool Authenticator::isKeyHost(std::string_view host) const
{
    constexpr std::string_view end = ".localhost";
    const std::string_view name = nameOf(host);
    return name.ends_with(end) && isSameSecret(name.substr(0, name.size() - end.size()), m_key);
}

bool Authenticator::isKeyPrefix(std::string_view target) const
{
    if (!target.starts_with('/'))
        return false;
    const std::string_view first = target.substr(1, target.find_first_of("/?", 1) - 1);
    return isSameSecret(first, m_key);
}

Admission Authenticator::admit(const Credentials &credentials) const
{
    if (credentials.hosts.size() != 1)
        throw HttpError(403, "A request must have one Host header.");
    const std::string host(credentials.hosts.front());
    const bool byHost = isKeyHost(host);
    if (!isNobodysName(host) && !byHost) {
        throw HttpError(403,
            "The gateway does not answer to this host's name, or a web page could pass itself off "
            "as "
            "it. Use the address that 'latchkeyctl gateway' printed or, behind a forwarded port, "
            "localhost or an IP address in its place.");
    }
    const std::string ownOrigin = "http://" + host;
    const bool isFromHere =
        std::all_of(credentials.sites.begin(), credentials.sites.end(), isOwnSite)
        && std::all_of(credentials.origins.begin(), credentials.origins.end(),
            [&](std::string_view origin) { return origin == ownOrigin; });
    if (!isFromHere) {
        throw HttpError(403,
            "A page of another web site sent this request, and those are kept out. Open the "
            "gateway's own address in the browser, or send the request from a program.");
    }
    const bool byPrefix = isKeyPrefix(credentials.target);
    const bool byHeader =
        credentials.keys.size() == 1 && isSameSecret(credentials.keys.front(), m_key);
    if (!byHost && !byPrefix && !byHeader) {
        throw HttpError(403,
            "The key is missing or wrong. Use the address that 'latchkeyctl gateway' printed when "
            "it "
            "was started; its key is another one each time.");
    }
    if (credentials.isForWorker) {
        throw HttpError(403,
            "A page may not leave a service worker behind in the browser: it would stay there "
            "when the gateway has ended.");
    }
    if (!byPrefix)
        return Admission{std::string(credentials.target), ownOrigin};
    const std::string rest(credentials.target.substr(1 + m_key.size()));
    return Admission{rest.starts_with('/') ? rest : "/" + rest, ownOrigin + "/" + m_key};
}

std::string Authenticator::url() const
{
    return "http://" + m_address + "/" + m_key + "/";
}

std::string Authenticator::browserUrl() const
{
    return "http://" + m_key + "." + std::string(localhost) + m_port + "/";
}

std::string newKey()
{
    std::array<unsigned char, 20> bytes{};
    if (getentropy(bytes.data(), bytes.size()) != 0)
        throw Failure(ExitCode::Failed, "The system gives no random numbers.");
    std::string key;
    for (const unsigned byte : bytes) {
        key += "0123456789abcdef"[byte / 16];
        key += "0123456789abcdef"[byte % 16];
    }
    return key;
}

} // namespace latchkey::ctl
