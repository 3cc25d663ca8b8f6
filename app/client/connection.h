// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/failure.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! What the system knows a connection by: the number of a socket, or the handle of a pipe.
using NativeConnection = std::intptr_t;

using TimePoint = std::chrono::steady_clock::time_point;

//! A stream of lines to and from the agent. Each call ends at `limit`, even if the agent hangs;
//! errors are thrown as a Failure. One more source file per operating system.
class Connection {
public:
    //! Connects to the first of the agent's addresses where somebody listens.
    explicit Connection(TimePoint limit);
    //! Takes over a connection that is already open.
    explicit Connection(NativeConnection native)
        : m_native(native)
    {
    }
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void send(std::string_view bytes, TimePoint limit);

    //! The next line without its newline; nothing if the agent has closed the connection.
    [[nodiscard]] std::optional<std::string> readLine(TimePoint limit);

    //! What the caller then owns; nothing else may be called after this.
    [[nodiscard]] NativeConnection release();

    //! From now on readLine() throws OutputClosed as soon as nobody reads our stdout.
    void endWithOutput() { m_endsWithOutput = true; }

private:
    void open(const std::string &address, TimePoint limit);
    //! How many bytes have come; 0 if the agent has closed the connection.
    [[nodiscard]] std::size_t receive(std::span<char> chunk, TimePoint limit);

    NativeConnection m_native = -1;
    bool m_endsWithOutput = false;
    std::string m_unread;
};

} // namespace latchkey::ctl
