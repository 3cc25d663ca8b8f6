// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/gateway.h"

#include "ctl/gateway/peeruser.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <utility>

namespace latchkey::ctl {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;

// Each may take two descriptors of the usual 1024.
constexpr std::size_t mostConversations = 256;
constexpr std::size_t largestBodies = std::size_t{64} * 1024 * 1024; // altogether
constexpr auto pause = 100ms;

TcpEnd endFrom(const tcp::endpoint &endpoint)
{
    return {endpoint.address().to_string(), endpoint.port()};
}

// All users of the machine reach the port, and a key may be seen.
bool isOfOwnUser(const tcp::socket &socket)
{
    ErrorCode error;
    const auto theirs = socket.remote_endpoint(error);
    const auto ours = error ? tcp::endpoint() : socket.local_endpoint(error);
    return !error && isOwnUser(endFrom(theirs), endFrom(ours));
}

tcp::acceptor listeningAt(const ListenAddress &address, asio::io_context &context)
{
    try {
        return {context, {asio::ip::make_address(address.host), address.port}};
    } catch (const boost::system::system_error &error) {
        throw Failure(ExitCode::Failed,
            "Cannot listen at " + address.urlHost() + ":" + std::to_string(address.port) + ": "
                + error.code().message() + ".");
    }
}

} // namespace

Gateway::Gateway(const ListenAddress &address, std::vector<Allowance> allowances,
    AgentSession &session, bool isVerbose)
    : m_acceptor(listeningAt(address, m_context))
    , m_door(address.urlHost(), m_acceptor.local_endpoint().port(), newKey())
    , m_allowances(std::move(allowances))
    , m_courier(session, m_context.get_executor())
    , m_bodies(largestBodies)
    , m_house{m_door, m_allowances, m_courier, m_bodies, isVerbose, [this](const Failure &failure) {
                  m_end = failure;
              }}
{
}

std::optional<Failure> Gateway::run()
{
    asio::co_spawn(m_context, accept(), asio::detached);
    m_context.run();
    return m_end;
}

Task<void> Gateway::accept()
{
    asio::steady_timer timer(m_context);
    for (;;) {
        ErrorCode error;
        tcp::socket socket = co_await m_acceptor.async_accept(into(error));
        if (error) { // no descriptors are left, perhaps: some conversation will end
            timer.expires_after(pause);
            co_await timer.async_wait(asio::use_awaitable);
        } else if (isOfOwnUser(socket) && isRoomMade()) {
            asio::co_spawn(m_context, converse(std::move(socket)), asio::detached);
        }
    }
}

// Who has shown no key makes room for who may.
bool Gateway::isRoomMade()
{
    if (m_conversations.size() < mostConversations) {
        return true;
    }
    const auto oldest = std::find_if(m_conversations.begin(), m_conversations.end(),
        [](const Conversation *conversation) { return !conversation->isProven(); });
    if (oldest == m_conversations.end()) {
        return false;
    }
    (*oldest)->end();
    m_conversations.erase(oldest);
    return true;
}

Task<void> Gateway::converse(tcp::socket socket)
{
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    Conversation conversation(beast::tcp_stream(std::move(socket)), m_house);
    m_conversations.push_back(&conversation);
    co_await conversation.run();
    m_conversations.remove(&conversation);
    if (m_end) {
        m_context.stop();
    }
}

} // namespace latchkey::ctl
