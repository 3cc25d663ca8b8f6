// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/client.h"
#include "client/failure.h"
#include "gateway/asio.h"
#include "gateway/joint.h"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace latchkey::ctl {

//! An answer of the agent, and how much news had come before it.
struct AgentAnswer {
    nlohmann::json result;
    std::uint64_t news = 0; //!< AgentLine::news() at the moment of the answer
};

//! Returns a socket that is connected to the agent, which the caller then owns, or throws a
//! Failure; `limit` is when to give up.
using ConnectToAgent = std::function<NativeConnection(TimePoint limit)>;
[[nodiscard]] NativeConnection connectToAgent(TimePoint limit);

//! One open connection to the agent for both questions and news about the session. The agent sends
//! both in the order in which things happened. So when another program has its answer, any news
//! that was sent before that answer has reached this socket, and hear() reads it. One thread only.
class AgentLine {
public:
    //! `patience` is the limit for each call. `connect` is called on a thread of its own; `onNews`
    //! is called each time news() has grown.
    AgentLine(asio::any_io_executor executor, std::string session, Seconds patience,
        ConnectToAgent connect, std::function<void()> onNews);

    //! Asks about the session, on a new connection if the old one has broken. A refusal by the
    //! agent is thrown as a Failure.
    [[nodiscard]] Task<AgentAnswer> ask(std::string method, nlohmann::json params = {});

    //! Sends a request without waiting for the answer; does nothing if there is no connection.
    void tell(const std::string &method, nlohmann::json params);

    //! Reads what has arrived, without waiting.
    void hear();

    //! Without a connection, nobody tells of changes.
    [[nodiscard]] bool isConnected() const { return m_connection != nullptr; }

    //! Grows with each notification from the agent, and when the connection is lost.
    [[nodiscard]] std::uint64_t news() const { return m_news; }

private:
    using Socket = asio::local::stream_protocol::socket;
    struct Connection;
    struct Pending;

    [[nodiscard]] Task<std::shared_ptr<Connection>> connected();
    [[nodiscard]] Task<std::shared_ptr<Connection>> connect();
    [[nodiscard]] Task<AgentAnswer> call(
        std::shared_ptr<Connection> connection, std::string method, nlohmann::json params);
    [[nodiscard]] static Task<void> listen(AgentLine &line, std::shared_ptr<Connection> connection);
    void hear(const std::shared_ptr<Connection> &connection);
    void onLine(const std::shared_ptr<Connection> &connection, const std::string &line);
    void send(const std::shared_ptr<Connection> &connection, const std::string &line);
    void lose(const std::shared_ptr<Connection> &connection);
    void noteNews();

    asio::any_io_executor m_executor;
    std::string m_session;
    Seconds m_patience;
    ConnectToAgent m_connectToAgent;
    std::function<void()> m_onNews;
    std::shared_ptr<Connection> m_connection;
    Joint<std::shared_ptr<Connection>> m_connecting;
    std::uint64_t m_news = 0;
    int m_lastId = 0;
    std::optional<asio::thread_pool> m_thread; // for connecting, which may block
};

} // namespace latchkey::ctl
