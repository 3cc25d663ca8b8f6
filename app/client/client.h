// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/connection.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace latchkey::ctl {

using Seconds = std::chrono::duration<double>;

//! The agent keeps the deadline; this is how much longer we believe that it will.
[[nodiscard]] TimePoint limitOf(Seconds deadline);

//! JSON-RPC with the agent over one connection, made by the first call. A call ends, at the
//! latest, two seconds after the deadline, with the agent's result or with a Failure.
class Client {
public:
    explicit Client(Seconds deadline);
    //! Over a connection that is there already.
    Client(Seconds deadline, int socket);

    //! Makes sure that an agent is there before a person is asked anything.
    void connect();

    //! A call that the agent answers at once.
    [[nodiscard]] nlohmann::json call(const std::string &method, nlohmann::json params);

    //! A call that may wait for the appliance; the agent is told our deadline.
    [[nodiscard]] nlohmann::json callThatWaits(const std::string &method, nlohmann::json params);

    //! The parameters of the next notification `method`, however long it takes; nothing when the
    //! agent has gone.
    [[nodiscard]] std::optional<nlohmann::json> nextNotification(const std::string &method);

private:
    Connection &connection(TimePoint limit);
    [[nodiscard]] nlohmann::json answerTo(int id, TimePoint limit);

    Seconds m_deadline;
    std::optional<Connection> m_connection;
    int m_lastId = 0;
};

} // namespace latchkey::ctl
