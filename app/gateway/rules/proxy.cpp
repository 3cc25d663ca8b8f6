// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/proxy.h"

#include "client/failure.h"
#include "gateway/rules/path.h"
#include "gateway/rules/text.h"

#include <algorithm>

namespace latchkey::ctl {

namespace {

constexpr std::string_view scheme = "http://";

Failure unusable()
{
    return {ExitCode::Failed,
        "The gateway cannot use the proxy that Latchkey uses for this appliance: it takes "
        "http://HOST:PORT only."};
}

//! RFC 7617: the user name and password themselves, not their percent-encoded form in the URL.
std::string credentialsFrom(std::string_view userInfo)
{
    const std::size_t colon = std::min(userInfo.find(':'), userInfo.size());
    std::string text = percentDecoded(userInfo.substr(0, colon));
    text += ':';
    text += percentDecoded(userInfo.substr(std::min(colon + 1, userInfo.size())));
    return base64(text);
}

void splitHost(Proxy &proxy, std::string_view authority)
{
    const bool isBracketed = authority.starts_with('[');
    const std::size_t end = isBracketed ? authority.find(']') : authority.rfind(':');
    if (isBracketed && end == std::string_view::npos)
        throw unusable();
    const std::size_t colon = isBracketed ? authority.find(':', end) : end;
    proxy.host = isBracketed ? authority.substr(1, end - 1) : authority.substr(0, colon);
    proxy.port = colon == std::string_view::npos ? "80" : authority.substr(colon + 1);
}

} // namespace

std::optional<Proxy> Proxy::from(const nlohmann::json &session)
{
    const auto found = session.find("proxy");
    if (found == session.end() || found->is_null())
        return std::nullopt;
    const std::string url = found->is_string() ? found->get<std::string>() : "";
    if (!url.starts_with(scheme))
        throw unusable();
    std::string_view authority = url;
    authority.remove_prefix(scheme.size());
    authority = authority.substr(0, authority.find('/'));
    Proxy proxy;
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        proxy.credentials = credentialsFrom(authority.substr(0, at));
        authority.remove_prefix(at + 1);
    }
    splitHost(proxy, authority);
    const bool isHost =
        !proxy.host.empty() && std::all_of(proxy.host.begin(), proxy.host.end(), isHostCharacter);
    if (!isHost || !isPort(proxy.port))
        throw unusable();
    return proxy;
}

std::string Proxy::place() const
{
    const bool isSix = host.find(':') != std::string::npos;
    return (isSix ? "[" + host + "]" : host) + ":" + port;
}

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view three = bytes.substr(at, 3);
        unsigned bits = 0;
        for (std::size_t n = 0; n < 3; ++n)
            bits = bits << 8U | (n < three.size() ? static_cast<unsigned char>(three[n]) : 0U);
        for (std::size_t n = 0; n < 4; ++n)
            text += n <= three.size() ? digits[bits >> (18U - 6U * n) & 63U] : '=';
    }
    return text;
}

} // namespace latchkey::ctl
