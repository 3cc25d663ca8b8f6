// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/upstream.h"

#include "ctl/gateway/refused.h"
#include "ctl/gateway/trust.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <type_traits>

#include <sys/socket.h>

namespace latchkey::ctl {
namespace {

namespace http = beast::http;
using namespace std::chrono_literals;
using asio::ip::tcp;

constexpr auto patienceToConnect = 10s;
constexpr auto patience = 60s;
constexpr auto idleLife = 15s;
constexpr std::size_t mostIdle = 16;
constexpr std::uint32_t longestHead = 64 * 1024;
constexpr int mostInterim = 8;
constexpr std::size_t piece = std::size_t{64} * 1024;
constexpr std::size_t slowestUpload = 16 * 1024; // bytes a second

Refused unreachable()
{
    return {504, "The appliance cannot be reached."};
}

Refused untrusted()
{
    return {502,
        "The appliance's certificate is not the one that was trusted; nothing was sent. See it "
        "with 'latchkeyctl refresh NAME' and, if it is right, say so with "
        "'latchkeyctl trust NAME SHA256'."};
}

void requireAnswer(const ErrorCode &error)
{
    if (error == beast::error::timeout) {
        throw Refused(504, "The appliance does not answer.");
    }
    if (error) {
        throw Refused(502, "The connection to the appliance broke, or it does not speak HTTP.");
    }
}

//! A search for a host's addresses. The system's cannot be broken off while it goes on, only be
//! left to itself.
class Search {
public:
    explicit Search(const asio::any_io_executor &executor)
        : m_resolver(executor)
        , m_timer(executor)
    {
    }

    [[nodiscard]] static Task<tcp::resolver::results_type> places(
        asio::any_io_executor executor, const Appliance &appliance)
    {
        const auto search = std::make_shared<Search>(executor);
        search->m_timer.expires_after(patienceToConnect);
        search->m_resolver.async_resolve(appliance.host, appliance.port,
            [search](const ErrorCode &error, tcp::resolver::results_type found) {
                if (!error) {
                    search->m_found = std::move(found);
                }
                search->m_timer.cancel();
            });
        ErrorCode ignored;
        co_await search->m_timer.async_wait(into(ignored));
        search->m_resolver.cancel();
        if (search->m_found.empty()) {
            throw unreachable();
        }
        co_return search->m_found;
    }

private:
    tcp::resolver m_resolver;
    asio::steady_timer m_timer;
    tcp::resolver::results_type m_found;
};

//! With TLS, or without for an appliance on this machine.
template<typename Stream> class UpstreamOver final : public Upstream {
public:
    UpstreamOver(const Appliance &appliance, Stream stream)
        : Upstream(appliance)
        , m_stream(std::move(stream))
    {
        m_buffer.reserve(piece); // else 512 bytes are read at a time
    }

    Task<void> connect() override
    {
        const auto places = co_await Search::places(m_stream.get_executor(), appliance());
        ErrorCode error;
        tcpStream().expires_after(patienceToConnect);
        co_await tcpStream().async_connect(places, into(error));
        if (error) {
            throw unreachable();
        }
        tcpStream().socket().set_option(tcp::no_delay(true));
        co_await greet();
    }

    Task<std::unique_ptr<UpstreamReply>> exchange(UpstreamRequest &request) override
    {
        ErrorCode error;
        tcpStream().expires_after(
            patience + std::chrono::seconds(request.body().size() / slowestUpload));
        co_await http::async_write(m_stream, request, into(error));
        requireAnswer(error);
        for (int interim = 0; interim < mostInterim; ++interim) {
            auto reply = std::make_unique<UpstreamReply>();
            co_await readHead(*reply, request.method() == http::verb::head);
            const unsigned status = reply->get().result_int();
            if (status >= 200 && status <= 599) {
                co_return reply;
            }
            if (status < 100 || status > 199 || status == 101) {
                break;
            }
        }
        throw Refused(502, "The appliance sent an answer that makes no sense.");
    }

    Task<std::size_t> read(UpstreamReply &reply, std::span<char> into) override
    {
        auto &body = reply.get().body();
        body.data = into.data();
        body.size = into.size();
        tcpStream().expires_after(patience);
        ErrorCode error;
        co_await http::async_read_some(m_stream, m_buffer, reply, ctl::into(error));
        if (error != http::error::need_buffer) {
            requireAnswer(error);
        }
        co_return into.size() - body.size;
    }

    bool isQuiet() override
    {
        char byte = 0;
        const auto got =
            recv(tcpStream().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got < 0 && errno == EAGAIN && m_buffer.size() == 0;
    }

private:
    static constexpr bool isTls = !std::is_same_v<Stream, beast::tcp_stream>;

    beast::tcp_stream &tcpStream() { return beast::get_lowest_layer(m_stream); }

    Task<void> greet()
    {
        if constexpr (isTls) {
            m_expectation.emplace(m_stream.native_handle(), appliance());
            ErrorCode error;
            co_await m_stream.async_handshake(asio::ssl::stream_base::client, into(error));
            if (m_expectation->isDisappointed()) {
                throw untrusted();
            }
            requireAnswer(error);
        }
        co_return;
    }

    Task<void> readHead(UpstreamReply &reply, bool isBodiless)
    {
        reply.header_limit(longestHead);
        reply.body_limit(noLimit);
        reply.skip(isBodiless);
        tcpStream().expires_after(patience);
        ErrorCode error;
        co_await http::async_read_header(m_stream, m_buffer, reply, into(error));
        requireAnswer(error);
    }

    std::optional<Expectation> m_expectation; // the connection points to it, also in its end
    Stream m_stream;
    beast::flat_buffer m_buffer;
};

} // namespace

std::unique_ptr<Upstream> Upstream::to(
    const Appliance &appliance, asio::any_io_executor executor, asio::ssl::context &tls)
{
    using Secure = beast::ssl_stream<beast::tcp_stream>;
    if (appliance.isSecure) {
        return std::make_unique<UpstreamOver<Secure>>(appliance, Secure(executor, tls));
    }
    return std::make_unique<UpstreamOver<beast::tcp_stream>>(
        appliance, beast::tcp_stream(executor));
}

std::unique_ptr<Upstream> UpstreamPool::take(const Appliance &appliance)
{
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(
        m_idle, [now](const Idle &idle) { return idle.until < now || !idle.upstream->isQuiet(); });
    const auto found = std::find_if(m_idle.begin(), m_idle.end(),
        [&](const Idle &idle) { return idle.upstream->appliance() == appliance; });
    if (found == m_idle.end()) {
        return nullptr;
    }
    std::unique_ptr<Upstream> upstream = std::move(found->upstream);
    m_idle.erase(found);
    return upstream;
}

void UpstreamPool::keep(std::unique_ptr<Upstream> upstream)
{
    if (m_idle.size() == mostIdle) {
        m_idle.erase(m_idle.begin());
    }
    m_idle.push_back({std::move(upstream), std::chrono::steady_clock::now() + idleLife});
}

} // namespace latchkey::ctl
