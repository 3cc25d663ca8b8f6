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

//! When to stop waiting: the agent should keep the deadline, and gets a little longer than that.
[[nodiscard]] TimePoint limitOf(Seconds deadline);

//! JSON-RPC with the agent over one connection, which the first call opens. A call ends at the
//! latest two seconds after the deadline, with the agent's result or with a Failure.
class Client {
public:
    explicit Client(Seconds deadline);
    //! Uses a connection that is already open.
    Client(Seconds deadline, NativeConnection native);

    //! Makes sure that an agent is running, and has seen which program this is, before a person is
    //! asked anything or this program hides itself.
    void connect();

    //! For methods that the agent answers at once.
    [[nodiscard]] nlohmann::json call(const std::string &method, nlohmann::json params);

    //! For methods that may wait for the appliance; passes our deadline to the agent.
    [[nodiscard]] nlohmann::json callThatWaits(const std::string &method, nlohmann::json params);

    //! The parameters of the next notification `method`; waits without a limit. Nothing if the
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
