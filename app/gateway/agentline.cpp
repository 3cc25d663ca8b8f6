// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/agentline.h"

#include "client/connection.h"
#include "client/failures.h"
#include "client/rpc.h"
#include "client/wipe.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <string.h>
#include <sys/socket.h>

namespace latchkey::ctl {

namespace {

constexpr std::size_t maximumLine = std::size_t{8} * 1024 * 1024;

template<typename Result>
Task<Result> onThread(asio::thread_pool &threads, std::function<Result()> call)
{
    const auto task = [&call]() -> Task<Result> {
        co_return call();
    };
    Result result = co_await asio::co_spawn(threads, task(), asio::use_awaitable);
    co_return result;
}

//! Of a notification: the connection goes on to tell of the session under its new name.
bool isRename(const nlohmann::json &message)
{
    const auto params = message.is_object() ? message.find("params") : message.end();
    return params != message.end() && params->is_object() && params->contains("renamedTo");
}

} // namespace

//! A call that waits for its answer.
struct AgentLine::Pending {
    explicit Pending(const asio::any_io_executor &executor)
        : isOver(executor)
    {
    }

    asio::steady_timer isOver;
    std::optional<nlohmann::json> message;
    std::uint64_t news = 0;
};

struct AgentLine::Connection {
    Connection(const asio::any_io_executor &executor, NativeConnection native)
        : socket(executor, asio::local::stream_protocol(), static_cast<int>(native))
    {
    }
    ~Connection() { wipe(unread); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    Socket socket;
    std::array<char, 16384> chunk{};
    std::string unread;
    std::map<int, std::shared_ptr<Pending>> pending;
    bool isOpen = true;
};

NativeConnection connectToAgent(TimePoint limit)
{
    return Connection(limit).release();
}

AgentLine::AgentLine(asio::any_io_executor executor, std::string session, Seconds patience,
    ConnectToAgent connect, std::function<void()> onNews)
    : m_executor(std::move(executor))
    , m_session(std::move(session))
    , m_patience(patience)
    , m_connectToAgent(std::move(connect))
    , m_onNews(std::move(onNews))
{
}

Task<AgentAnswer> AgentLine::ask(std::string method, nlohmann::json params)
{
    params["name"] = m_session;
    params["deadline"] = m_patience.count();
    hear();
    std::optional<AgentAnswer> answer;
    if (const auto known = m_connection) {
        try {
            answer = co_await call(known, method, params);
        } catch (const ConnectionBroken &) { // NOLINT: the agent was restarted
        }
    }
    if (!answer) {
        const auto connection = co_await connected();
        answer = co_await call(connection, method, params);
    }
    co_return std::move(*answer);
}

void AgentLine::tell(const std::string &method, nlohmann::json params)
{
    if (m_connection) {
        params["name"] = m_session;
        send(m_connection, requestLine(++m_lastId, method, std::move(params)));
    }
}

void AgentLine::hear()
{
    if (const auto connection = m_connection)
        hear(connection);
}

Task<std::shared_ptr<AgentLine::Connection>> AgentLine::connected()
{
    if (const auto known = m_connection)
        co_return known;
    const Joint<std::shared_ptr<Connection>>::Work work = [this] {
        return connect();
    };
    co_return co_await m_connecting.run(m_executor, work);
}

//! Opens a connection and subscribes to the session's changes.
Task<std::shared_ptr<AgentLine::Connection>> AgentLine::connect()
{
    const std::function<NativeConnection()> open = [this, limit = limitOf(m_patience)] {
        return m_connectToAgent(limit);
    };
    if (!m_thread)
        m_thread.emplace(1);
    const NativeConnection native = co_await onThread(*m_thread, open);
    const auto connection = std::make_shared<Connection>(m_executor, native);
    asio::co_spawn(m_executor, listen(*this, connection), asio::detached);
    const nlohmann::json params{{"name", m_session}};
    try {
        static_cast<void>(co_await call(connection, "session.watch", params));
        if (!connection->isOpen)
            throw closedAfterAnswer();
    } catch (...) {
        lose(connection);
        throw;
    }
    m_connection = connection;
    co_return connection;
}

Task<AgentAnswer> AgentLine::call(
    std::shared_ptr<Connection> connection, std::string method, nlohmann::json params)
{
    const int id = ++m_lastId;
    const std::string line = requestLine(id, method, std::move(params));
    const auto pending = std::make_shared<Pending>(m_executor);
    connection->pending.emplace(id, pending);
    pending->isOver.expires_at(limitOf(m_patience));
    send(connection, line);
    if (connection->isOpen) {
        ErrorCode ignored;
        co_await pending->isOver.async_wait(into(ignored));
    }
    connection->pending.erase(id);
    if (pending->message)
        co_return AgentAnswer{resultOf(*pending->message), pending->news};
    if (connection->isOpen)
        throw noAnswer();
    throw closedWithoutAnswer();
}

Task<void> AgentLine::listen(AgentLine &line, std::shared_ptr<Connection> connection)
{
    while (connection->isOpen) {
        ErrorCode error;
        co_await connection->socket.async_wait(Socket::wait_read, into(error));
        if (error)
            co_return line.lose(connection);
        line.hear(connection);
    }
}

//! Wipes every buffer, because what the agent sends may contain a token. Once the connection is
//! lost, what has come on it counts no more: nobody would tell us when a token of it ends.
void AgentLine::hear(const std::shared_ptr<Connection> &connection)
{
    auto &chunk = connection->chunk;
    while (connection->isOpen) {
        const ssize_t got =
            recv(connection->socket.native_handle(), chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EAGAIN)
            return;
        if (got > 0) {
            connection->unread.append(chunk.data(), static_cast<std::size_t>(got));
            explicit_bzero(chunk.data(), static_cast<std::size_t>(got));
        } else if (got == 0 || errno != EINTR) {
            return lose(connection);
        }
        std::size_t begin = 0;
        for (std::size_t end = connection->unread.find('\n');
            connection->isOpen && end != std::string::npos;
            end = connection->unread.find('\n', begin)) {
            onLine(connection, connection->unread.substr(begin, end - begin));
            begin = end + 1;
        }
        if (begin > 0) {
            std::string rest = connection->unread.substr(begin);
            wipe(connection->unread);
            connection->unread = std::move(rest);
        }
        if (connection->unread.size() > maximumLine)
            return lose(connection);
    }
}

//! Any line that is not an answer counts as news, whatever it says: better ask once too often. Who
//! hears of a rename can still tell the agent something before the connection is lost.
void AgentLine::onLine(const std::shared_ptr<Connection> &connection, const std::string &line)
{
    nlohmann::json message = nlohmann::json::parse(line, nullptr, false);
    const auto id = message.is_object() ? message.find("id") : message.end();
    if (id == message.end()) {
        noteNews();
        return isRename(message) ? lose(connection) : void();
    }
    const auto found = id->is_number_integer() ? connection->pending.find(id->get<int>())
                                               : connection->pending.end();
    if (found != connection->pending.end()) {
        found->second->message = std::move(message);
        found->second->news = m_news;
        found->second->isOver.cancel();
    }
}

//! Does not wait: a working agent reads lines as they come, and one that does not has hung.
void AgentLine::send(const std::shared_ptr<Connection> &connection, const std::string &line)
{
    std::string_view rest = line;
    while (!rest.empty() && connection->isOpen) {
        const ssize_t sent = ::send(connection->socket.native_handle(), rest.data(), rest.size(),
            MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0)
            rest.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno != EINTR)
            lose(connection);
    }
}

void AgentLine::lose(const std::shared_ptr<Connection> &connection)
{
    if (!std::exchange(connection->isOpen, false))
        return;
    ErrorCode ignored;
    connection->socket.close(ignored);
    for (const auto &[id, pending] : connection->pending)
        pending->isOver.cancel();
    if (m_connection == connection)
        m_connection = nullptr;
    noteNews();
}

void AgentLine::noteNews()
{
    ++m_news;
    m_onNews();
}

} // namespace latchkey::ctl
