// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/gateway.h"

#include "gateway/tcpend.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace latchkey::ctl {

namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;

//! Each connection may take two of the usual 1024 descriptors.
constexpr std::size_t mostConversations = 256;
constexpr std::size_t largestBodies = std::size_t{64} * 1024 * 1024; // of all requests together
constexpr std::size_t mostStrangers = 16;
constexpr auto pause = 100ms;

//! Any user of the machine can reach the port, and the key may have been seen.
bool isOfOwnUser(const tcp::socket &socket)
{
    ErrorCode error;
    const auto theirs = socket.remote_endpoint(error);
    const auto ours = error ? tcp::endpoint() : socket.local_endpoint(error);
    return !error && isOwnUser(endFrom(theirs), endFrom(ours));
}

//! Sorts connections in the midst of a request last.
auto idleSince(const ClientConnection &client)
{
    return client.idleSince().value_or(std::chrono::steady_clock::time_point::max());
}

//! Exclusively: whoever else has a socket at the port, before or after us, could catch connections
//! that are meant for us, and with them the key.
tcp::acceptor listeningAt(const tcp::endpoint &place, asio::io_context &io)
{
    tcp::acceptor acceptor(io, place.protocol());
    acceptor.bind(place);
    acceptor.listen();
    return acceptor;
}

//! For a minute, connections that have ended keep a port from being taken. They cannot be told from
//! what others have there, so that is waited for, too.
tcp::acceptor listeningWithin(
    Limits::Time patience, const tcp::endpoint &place, asio::io_context &io)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        try {
            return listeningAt(place, io);
        } catch (const boost::system::system_error &error) {
            const bool mayBecomeFree = error.code() == asio::error::address_in_use
                && listenerAt(endFrom(place)) == Listener::Nobody;
            if (!mayBecomeFree || std::chrono::steady_clock::now() >= end)
                throw;
        }
        std::this_thread::sleep_for(pause);
    }
}

tcp::acceptor listeningAt(const ListenAddress &address, Limits::Time patience, asio::io_context &io)
{
    try {
        return listeningWithin(
            patience, tcp::endpoint(asio::ip::make_address(address.host), address.port), io);
    } catch (const boost::system::system_error &error) {
        const bool isTaken = error.code() == asio::error::address_in_use;
        throw Failure(ExitCode::Failed,
            "Cannot listen at " + address.urlHost() + ":" + std::to_string(address.port) + ": "
                + error.code().message() + "."
                + (isTaken ? " Connections that have ended keep a port for a minute: try again "
                             "then, or with --deadline 65. If no program of yours uses it, another "
                             "user's does: choose another port."
                           : ""));
    }
}

} // namespace

Gateway::Gateway(asio::io_context &io, const ListenAddress &address, std::vector<AllowRule> rules,
    AgentSession &session, bool isVerbose, const Limits &limits, Resolve resolve)
    : m_io(io)
    , m_acceptor(listeningAt(address, limits.port, m_io))
    , m_authenticator(address.urlHost(), m_acceptor.local_endpoint().port(), newKey())
    , m_rules(std::move(rules))
    , m_forwarder(session, m_io.get_executor(), limits, std::move(resolve))
    , m_bodies(largestBodies)
    , m_context{m_authenticator, m_rules, m_forwarder, m_bodies, limits, isVerbose,
          [this](const Failure &failure) {
              m_end = failure;
          }}
{
}

std::optional<Failure> Gateway::run()
{
    asio::co_spawn(m_io, accept(), asio::detached);
    m_io.run();
    return m_end;
}

Task<void> Gateway::accept()
{
    asio::steady_timer timer(m_io);
    for (;;) {
        ErrorCode error;
        tcp::socket socket = co_await m_acceptor.async_accept(into(error));
        if (error) { // perhaps out of descriptors: some client will end
            timer.expires_after(pause);
            co_await timer.async_wait(asio::use_awaitable);
        } else if (!isOfOwnUser(socket)) {
            asio::co_spawn(m_io, turnAway(std::move(socket)), asio::detached);
        } else if (isRoomMade()) {
            asio::co_spawn(m_io, serve(std::move(socket)), asio::detached);
        }
    }
}

//! Answers only a few strangers at a time; the others are simply disconnected.
Task<void> Gateway::turnAway(tcp::socket socket)
{
    if (m_strangers == mostStrangers)
        co_return;
    ++m_strangers;
    ClientConnection client(std::move(socket), m_context);
    co_await client.turnAway({403,
        "The gateway serves programs of the user who started it, and this one is another user's, "
        "or "
        "whose it is cannot be told. A forwarded port must end in a program of that user: sign in "
        "as "
        "the same one with ssh."});
    --m_strangers;
}

//! If all places are taken, closes a connection that has not shown the key, or else the one that
//! has been idle for longest.
bool Gateway::isRoomMade()
{
    if (m_clients.size() < mostConversations)
        return true;
    auto leaver = std::find_if(m_clients.begin(), m_clients.end(),
        [](const ClientConnection *client) { return !client->isProven(); });
    if (leaver == m_clients.end()) {
        leaver = std::min_element(m_clients.begin(), m_clients.end(),
            [](const ClientConnection *one, const ClientConnection *other) {
                return idleSince(*one) < idleSince(*other);
            });
        if (!(*leaver)->idleSince())
            return false;
    }
    (*leaver)->end();
    m_clients.erase(leaver);
    return true;
}

Task<void> Gateway::serve(tcp::socket socket)
{
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    ClientConnection client(std::move(socket), m_context);
    m_clients.push_back(&client);
    co_await client.run();
    m_clients.remove(&client);
    if (m_end)
        m_io.stop();
}

} // namespace latchkey::ctl
