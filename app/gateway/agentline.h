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

//! What the agent answers, and what it had told of its own accord before.
struct AgentAnswer {
    nlohmann::json result;
    std::uint64_t news = 0; //!< AgentLine::news() at the moment of the answer
};

//! Gives a socket to the agent by then, which is the caller's; else throws a Failure.
using ConnectToAgent = std::function<int(TimePoint limit)>;
[[nodiscard]] int connectToAgent(TimePoint limit);

//! One connection to the agent, kept open, on which it is asked and tells of changes of the session
//! as well, in the one order in which things happened: what it tells before its answer to somebody
//! else has reached us by the time that one has got it, and hear() takes it in. One thread only.
class AgentLine {
public:
    //! `patience` is for each call. `connect` is called on a thread of its own, `onNews` as soon as
    //! news() has grown.
    AgentLine(asio::any_io_executor executor, std::string session, Seconds patience,
        ConnectToAgent connect, std::function<void()> onNews);

    //! Asks about the session, on a new connection where the old one has broken. The agent's no
    //! is thrown as a Failure.
    [[nodiscard]] Task<AgentAnswer> ask(std::string method, nlohmann::json params = {});

    //! Asks nothing anew, and does not wait for the answer; nothing where there is no connection.
    void tell(const std::string &method, nlohmann::json params);

    //! Takes in whatever has come, without waiting.
    void hear();

    //! Grows with everything that the agent tells, and when it goes.
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
    void onLine(Connection &connection, const std::string &line);
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
    std::optional<asio::thread_pool> m_thread; // connects: the system may have us wait
};

} // namespace latchkey::ctl
