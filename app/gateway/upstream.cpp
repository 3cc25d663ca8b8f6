// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/upstream.h"

#include "gateway/certificateverifier.h"
#include "gateway/patientstream.h"
#include "gateway/rules/headers.h"
#include "gateway/rules/httperror.h"
#include "gateway/tcpend.h"
#include "gateway/tunnel.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <optional>
#include <sstream>
#include <type_traits>

#include <sys/socket.h>

namespace latchkey::ctl {

namespace {

namespace http = beast::http;
using namespace std::chrono_literals;
using asio::ip::tcp;

constexpr auto idleLife = 15s;
constexpr std::size_t mostIdle = 16;
constexpr std::size_t piece = std::size_t{64} * 1024;

HttpError unreachable()
{
    return {504, "The appliance cannot be reached."};
}

HttpError otherUser(const tcp::endpoint &place)
{
    std::ostringstream text;
    text << place;
    return {502,
        "Another user of this computer listens at " + text.str()
            + ". Nothing was sent to them. Find out who it is, and start your appliance or tunnel "
              "there again or at another port."};
}

HttpError untrusted()
{
    return {502,
        "The appliance's certificate is not the one that was trusted; nothing was sent. See it "
        "with 'latchkeyctl refresh NAME' and, if it is right, say so with "
        "'latchkeyctl trust NAME SHA256'."};
}

bool isLoopback(const asio::ip::address &address)
{
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

//! Over plain HTTP, nothing but the system can say who is at the other end, and it knows this
//! machine alone.
void requireNoOtherUser(const tcp::socket &socket)
{
    ErrorCode error;
    const tcp::endpoint place = socket.remote_endpoint(error);
    const tcp::endpoint ours = error ? tcp::endpoint() : socket.local_endpoint(error);
    const bool isHere = !error && isLoopback(place.address());
    switch (isHere ? listenerOn(endFrom(place), endFrom(ours)) : Listener::Nobody) {
    case Listener::Ours:
    case Listener::Unknown:
        return;
    case Listener::Anothers:
        throw otherUser(place);
    case Listener::Nobody:
        throw unreachable();
    }
}

void requireAnswer(const ErrorCode &error, const PatientStream &stream)
{
    if (stream.isTimedOut())
        throw HttpError(504, "The appliance does not answer.");
    if (error)
        throw HttpError(502, "The connection to the appliance broke, or it does not speak HTTP.");
}

//! What arrives while the request is still being sent.
struct Early {
    explicit Early(const asio::any_io_executor &executor)
        : isOver(executor, asio::steady_timer::time_point::max())
    {
    }

    //! Sending more of the request is useless.
    [[nodiscard]] bool isEnd() const
    {
        return failure || (reply && reply->get().result_int() >= 300);
    }

    asio::steady_timer isOver; // never expires; cancelled when the answer is there
    std::unique_ptr<UpstreamReply> reply;
    std::exception_ptr failure;
    bool isThere = false;
};

//! Over TLS, or without it for an appliance on this machine.
template<typename Stream> class UpstreamOver final : public Upstream {
public:
    UpstreamOver(const Appliance &appliance, Stream stream, const Limits &limits)
        : Upstream(appliance)
        , m_limits(limits)
        , m_stream(std::move(stream))
    {
        m_buffer.reserve(piece); // otherwise only 512 bytes are read at a time
    }

    Task<void> connect(Dialer &dialer) override
    {
        const std::optional<Proxy> &proxy = appliance().proxy;
        const std::string &host = proxy ? proxy->host : appliance().host;
        const std::string &port = proxy ? proxy->port : appliance().port;
        std::optional<tcp::socket> socket = co_await dialer.dial(host, port);
        if (!socket)
            throw proxy ? proxyUnreachable(*proxy) : unreachable();
        tcpStream().assign(std::move(*socket));
        tcpStream().setPatience(m_limits.silence);
        if (proxy)
            co_await openTunnel(tcpStream(), appliance());
        co_await greet();
    }

    Task<std::unique_ptr<UpstreamReply>> exchange(UpstreamRequest &request) override
    {
        const bool isBodiless = request.method() == http::verb::head;
        if (!request.body().empty())
            co_return co_await exchangeAtOnce(request, isBodiless);
        ErrorCode error;
        co_await http::async_write(m_stream, request, into(error));
        requireAnswer(error, tcpStream());
        co_await forgetHead();
        co_return co_await finalAnswer(isBodiless);
    }

    Task<std::size_t> read(UpstreamReply &reply, std::span<char> into) override
    {
        auto &body = reply.get().body();
        body.data = into.data();
        body.size = into.size();
        ErrorCode error;
        co_await http::async_read_some(m_stream, m_buffer, reply, ctl::into(error));
        tcpStream().rest();
        if (error != http::error::need_buffer)
            requireAnswer(error, tcpStream());
        co_return into.size() - body.size;
    }

    bool isAhead() const override { return m_buffer.size() > 0; }
    bool isWhole() const override { return m_isWhole; }

    bool isQuiet() override
    {
        char byte = 0;
        const auto got =
            recv(tcpStream().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got < 0 && errno == EAGAIN && m_buffer.size() == 0;
    }

private:
    static constexpr bool isTls = !std::is_same_v<Stream, PatientStream>;

    PatientStream &tcpStream() { return beast::get_lowest_layer(m_stream); }

    Task<void> greet()
    {
        if constexpr (isTls) {
            m_verifier.emplace(m_stream.native_handle(), appliance());
            ErrorCode error;
            co_await m_stream.async_handshake(asio::ssl::stream_base::client, into(error));
            if (m_verifier->isDisappointed())
                throw untrusted();
            requireAnswer(error, tcpStream());
        } else {
            requireNoOtherUser(tcpStream().socket());
        }
        co_return;
    }

    // Reads while it sends. Otherwise an early answer would be lost in the connection reset after
    // it.
    Task<std::unique_ptr<UpstreamReply>> exchangeAtOnce(UpstreamRequest &request, bool isBodiless)
    {
        const auto early = std::make_shared<Early>(m_stream.get_executor());
        asio::co_spawn(m_stream.get_executor(), listen(early, isBodiless), asio::detached);
        http::request_serializer<http::string_body> serializer(request);
        ErrorCode error;
        while (!error && !serializer.is_done() && !early->isEnd())
            co_await http::async_write_some(m_stream, serializer, into(error));
        m_isWhole = serializer.is_done();
        if (!early->isThere) {
            ErrorCode ignored;
            co_await early->isOver.async_wait(into(ignored));
        }
        if (early->failure)
            std::rethrow_exception(early->failure);
        co_await forgetHead();
        co_return std::move(early->reply);
    }

    // A head consists of many buffers, which Beast copies into one. Beast keeps that copy, with the
    // token, until something is sent that is one buffer.
    Task<void> forgetHead()
    {
        if constexpr (isTls) {
            ErrorCode ignored;
            co_await m_stream.async_write_some(asio::const_buffer(), into(ignored));
        }
        co_return;
    }

    // Runs beside its caller, which waits for the result.
    Task<void> listen(std::shared_ptr<Early> early, bool isBodiless)
    {
        try {
            early->reply = co_await finalAnswer(isBodiless);
        } catch (...) {
            early->failure = std::current_exception();
        }
        early->isThere = true;
        early->isOver.cancel();
        if (early->isEnd()) {
            ErrorCode ignored;
            tcpStream().socket().cancel(ignored); // the sending, because nobody reads it any more
        }
    }

    Task<std::unique_ptr<UpstreamReply>> finalAnswer(bool isBodiless)
    {
        for (int interim = 0; interim < mostInterim; ++interim) {
            auto reply = std::make_unique<UpstreamReply>();
            co_await readHead(*reply, isBodiless);
            const unsigned status = reply->get().result_int();
            if (status >= 200 && status <= 599) {
                tcpStream().rest();
                co_return reply;
            }
            if (status < 100 || status > 199 || status == 101)
                break;
        }
        throw HttpError(502, "The appliance sent an answer that makes no sense.");
    }

    Task<void> readHead(UpstreamReply &reply, bool isBodiless)
    {
        reply.header_limit(longestHead);
        reply.body_limit(noLimit);
        reply.skip(isBodiless);
        ErrorCode error;
        co_await http::async_read_header(m_stream, m_buffer, reply, into(error));
        requireAnswer(error, tcpStream());
    }

    Limits m_limits;
    bool m_isWhole = true;
    std::optional<CertificateVerifier> m_verifier; // the connection points to it to the last
    Stream m_stream;
    beast::flat_buffer m_buffer;
};

} // namespace

std::unique_ptr<Upstream> Upstream::to(const Appliance &appliance, asio::any_io_executor executor,
    asio::ssl::context &tls, const Limits &limits)
{
    using Secure = beast::ssl_stream<PatientStream>;
    if (appliance.isSecure) {
        return std::make_unique<UpstreamOver<Secure>>(
            appliance, Secure(PatientStream(executor), tls), limits);
    }
    return std::make_unique<UpstreamOver<PatientStream>>(
        appliance, PatientStream(executor), limits);
}

//! Takes the newest connection first, so that those that are not needed expire.
std::unique_ptr<Upstream> UpstreamPool::take(const Appliance &appliance)
{
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(m_idle, [now](const Idle &idle) { return idle.until < now; });
    for (;;) {
        const auto found = std::find_if(m_idle.rbegin(), m_idle.rend(),
            [&](const Idle &idle) { return idle.upstream->appliance() == appliance; });
        if (found == m_idle.rend())
            return nullptr;
        std::unique_ptr<Upstream> upstream = std::move(found->upstream);
        m_idle.erase(std::next(found).base());
        if (upstream->isQuiet())
            return upstream;
    }
}

void UpstreamPool::keep(std::unique_ptr<Upstream> upstream)
{
    if (m_idle.size() == mostIdle)
        m_idle.erase(m_idle.begin());
    m_idle.push_back({std::move(upstream), std::chrono::steady_clock::now() + idleLife});
}

} // namespace latchkey::ctl
