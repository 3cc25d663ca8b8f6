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
constexpr std::size_t mostStrangers = 16;
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

// Who is in the midst of something comes last.
auto idleSince(const Conversation &conversation)
{
    return conversation.idleSince().value_or(std::chrono::steady_clock::time_point::max());
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

Gateway::Gateway(asio::io_context &context, const ListenAddress &address,
    std::vector<Allowance> allowances, AgentSession &session, bool isVerbose, const Limits &limits,
    Resolve resolve)
    : m_context(context)
    , m_acceptor(listeningAt(address, m_context))
    , m_door(address.urlHost(), m_acceptor.local_endpoint().port(), newKey())
    , m_allowances(std::move(allowances))
    , m_courier(session, m_context.get_executor(), limits, std::move(resolve))
    , m_bodies(largestBodies)
    , m_house{m_door, m_allowances, m_courier, m_bodies, limits, isVerbose,
          [this](const Failure &failure) {
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
        } else if (!isOfOwnUser(socket)) {
            asio::co_spawn(m_context, turnAway(std::move(socket)), asio::detached);
        } else if (isRoomMade()) {
            asio::co_spawn(m_context, converse(std::move(socket)), asio::detached);
        }
    }
}

// A crowd of them is not told.
Task<void> Gateway::turnAway(tcp::socket socket)
{
    if (m_strangers == mostStrangers) {
        co_return;
    }
    ++m_strangers;
    Conversation conversation(std::move(socket), m_house);
    co_await conversation.turnAway({403,
        "The gateway serves programs of the user who started it, and this one is another user's, "
        "or "
        "whose it is cannot be told. A forwarded port must end in a program of that user: sign in "
        "as "
        "the same one with ssh."});
    --m_strangers;
}

// Who has shown no key makes room for who may, then who has been idle for longest.
bool Gateway::isRoomMade()
{
    if (m_conversations.size() < mostConversations) {
        return true;
    }
    auto leaver = std::find_if(m_conversations.begin(), m_conversations.end(),
        [](const Conversation *conversation) { return !conversation->isProven(); });
    if (leaver == m_conversations.end()) {
        leaver = std::min_element(m_conversations.begin(), m_conversations.end(),
            [](const Conversation *one, const Conversation *other) {
                return idleSince(*one) < idleSince(*other);
            });
        if (!(*leaver)->idleSince()) {
            return false;
        }
    }
    (*leaver)->end();
    m_conversations.erase(leaver);
    return true;
}

Task<void> Gateway::converse(tcp::socket socket)
{
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    Conversation conversation(std::move(socket), m_house);
    m_conversations.push_back(&conversation);
    co_await conversation.run();
    m_conversations.remove(&conversation);
    if (m_end) {
        m_context.stop();
    }
}

} // namespace latchkey::ctl
