// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/tunnel.h"

#include "gateway/rules/headers.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <string>

namespace latchkey::ctl {

namespace {

namespace http = beast::http;

constexpr std::size_t mostWords = 80;

using Answer = http::response_parser<http::empty_body>;

std::string named(const Proxy &proxy)
{
    return "The proxy " + proxy.place();
}

std::string target(const Appliance &appliance)
{
    const bool isSix = appliance.host.find(':') != std::string::npos;
    return (isSix ? "[" + appliance.host + "]" : appliance.host) + ":" + appliance.port;
}

//! Cut off, because these words come from the network.
std::string said(const Answer &answer)
{
    const auto reason = answer.get().reason();
    const std::string words(reason.data(), std::min(reason.size(), mostWords));
    return std::to_string(answer.get().result_int()) + (words.empty() ? "" : " " + words);
}

HttpError refusalOf(const Answer &answer, const Appliance &appliance)
{
    const Proxy &proxy = *appliance.proxy;
    const unsigned status = answer.get().result_int();
    const std::string what = " (it said: " + said(answer) + "). ";
    if (status == 407) {
        const std::string trouble = proxy.credentials.empty()
            ? " wants a user name and a password"
            : " does not accept the user name and the password";
        return {502,
            named(proxy) + trouble + what
                + "Put them into the proxy's address where Latchkey gets it, as in "
                  "https_proxy=http://USER:PASSWORD@HOST:PORT, and start Latchkey anew."};
    }
    if (status >= 500) {
        return {504,
            named(proxy) + " cannot reach the appliance " + target(appliance) + what
                + "Try again later, or name the appliance in no_proxy if it can be reached "
                  "directly."};
    }
    return {502,
        named(proxy) + " does not let connections to " + target(appliance) + " through" + what
            + "Ask who runs it to allow them, or name the appliance in no_proxy if it can be "
              "reached "
              "directly."};
}

void requireAnswer(const ErrorCode &error, const PatientStream &stream, const Proxy &proxy)
{
    if (stream.isTimedOut()) {
        throw HttpError(504,
            named(proxy)
                + " does not answer. See whether it runs, and whether its address is right.");
    }
    if (error) {
        throw HttpError(502,
            named(proxy)
                + " broke the connection, or is no HTTP proxy. See whether its address is right.");
    }
}

Task<void> ask(PatientStream &stream, const Appliance &appliance)
{
    http::request<http::empty_body> request(http::verb::connect, target(appliance), 11);
    request.set(http::field::host, target(appliance));
    if (!appliance.proxy->credentials.empty())
        request.set(http::field::proxy_authorization, "Basic " + appliance.proxy->credentials);
    ErrorCode error;
    co_await http::async_write(stream, request, into(error));
    requireAnswer(error, stream, *appliance.proxy);
}

} // namespace

Task<void> openTunnel(PatientStream &stream, const Appliance &appliance)
{
    co_await ask(stream, appliance);
    beast::flat_buffer buffer;
    for (int interim = 0; interim < mostInterim; ++interim) {
        Answer answer;
        answer.header_limit(longestHead);
        answer.body_limit(noLimit);
        answer.skip(true);
        ErrorCode error;
        co_await http::async_read_header(stream, buffer, answer, into(error));
        requireAnswer(error, stream, *appliance.proxy);
        const unsigned status = answer.get().result_int();
        if (status >= 200 && status <= 299 && buffer.size() == 0)
            co_return;
        if (status >= 200)
            throw refusalOf(answer, appliance);
    }
    throw HttpError(502, named(*appliance.proxy) + " sent an answer that makes no sense.");
}

HttpError proxyUnreachable(const Proxy &proxy)
{
    return {504,
        named(proxy)
            + " cannot be reached. See whether it runs, and whether its address, where Latchkey "
              "gets it "
              "(https_proxy, or the system's settings), is right."};
}

} // namespace latchkey::ctl
