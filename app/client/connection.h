// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/failure.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace latchkey::ctl {

using TimePoint = std::chrono::steady_clock::time_point;

//! The agent has gone: not that it is silent, nor that it says no.
class ConnectionBroken : public Failure {
public:
    using Failure::Failure;
};

//! A stream of lines to and from the agent. Each call ends at `limit`, however wedged the agent
//! is; what goes wrong is thrown as a Failure. One file per operating system.
class Connection {
public:
    //! To the agent, at the first of its addresses where somebody listens.
    explicit Connection(TimePoint limit);
    //! Takes over a socket that somebody has connected.
    explicit Connection(int socket)
        : m_socket(socket)
    {
    }
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void send(std::string_view bytes, TimePoint limit);

    //! The next line without its newline; nothing when the agent has closed.
    [[nodiscard]] std::optional<std::string> readLine(TimePoint limit);

    //! The socket, which is the caller's from now on; nothing else is to be asked of this.
    [[nodiscard]] int release();

    //! From now on readLine() throws OutputClosed as soon as nobody reads our stdout.
    void endWithOutput() { m_endsWithOutput = true; }

private:
    void waitFor(short events, TimePoint limit) const;

    int m_socket = -1;
    bool m_endsWithOutput = false;
    std::string m_unread;
};

} // namespace latchkey::ctl
