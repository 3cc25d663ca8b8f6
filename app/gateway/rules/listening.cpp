// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/listening.h"

#include "client/failure.h"

#include <charconv>

#include <arpa/inet.h>

namespace latchkey::ctl {

namespace {

Failure usage(std::string_view text)
{
    return {ExitCode::Usage,
        "--listen takes a loopback address and a port, such as 127.0.0.1:0 or [::1]:8080, not '"
            + std::string(text) + "'."};
}

} // namespace

bool isLoopback(const std::string &host)
{
    in_addr four{};
    in6_addr six{};
    if (inet_pton(AF_INET, host.c_str(), &four) == 1)
        return (ntohl(four.s_addr) >> 24U) == 127;
    return inet_pton(AF_INET6, host.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

ListenAddress ListenAddress::from(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        throw usage(text);
    ListenAddress address;
    std::string_view host = text.substr(0, colon);
    const bool isBracketed = host.starts_with('[') && host.ends_with(']');
    address.host = isBracketed ? host.substr(1, host.size() - 2) : host;
    const char *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, address.port);
    const bool isSix = address.host.find(':') != std::string::npos;
    if (error != std::errc() || stop != end || isSix != isBracketed || !isLoopback(address.host))
        throw usage(text);
    return address;
}

std::string ListenAddress::urlHost() const
{
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

} // namespace latchkey::ctl
