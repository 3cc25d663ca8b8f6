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

//! A stream of lines to and from the agent. Each call ends at `limit`, even if the agent hangs;
//! errors are thrown as a Failure. One source file per operating system.
class Connection {
public:
    //! Connects to the first of the agent's addresses where somebody listens.
    explicit Connection(TimePoint limit);
    //! Takes over a connected socket.
    explicit Connection(int socket)
        : m_socket(socket)
    {
    }
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void send(std::string_view bytes, TimePoint limit);

    //! The next line without its newline; nothing if the agent has closed the connection.
    [[nodiscard]] std::optional<std::string> readLine(TimePoint limit);

    //! The socket, which the caller then owns; nothing else may be called after this.
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
