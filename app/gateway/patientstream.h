// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/asio.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace latchkey::ctl {

//! A TCP connection that is closed if no bytes pass for as long as its patience lasts. Each read or
//! write starts the time anew, so a transfer may take as long as it likes. Works with Asio's and
//! Beast's operations.
class PatientStream {
public:
    using Socket = asio::ip::tcp::socket;
    using executor_type = Socket::executor_type; // NOLINT: the name that Asio expects
    using lowest_layer_type = Socket::lowest_layer_type; // NOLINT

    explicit PatientStream(const asio::any_io_executor &executor)
        : PatientStream(Socket(executor))
    {
    }
    explicit PatientStream(Socket socket)
        : m_state(std::make_shared<State>(std::move(socket)))
    {
    }

    void assign(Socket socket) { m_state->socket = std::move(socket); }
    [[nodiscard]] Socket &socket() { return m_state->socket; }
    [[nodiscard]] executor_type get_executor() { return m_state->socket.get_executor(); } // NOLINT
    [[nodiscard]] lowest_layer_type &lowest_layer() // NOLINT
    {
        return m_state->socket.lowest_layer();
    }

    //! Applies from the next read or write on.
    void setPatience(std::chrono::milliseconds patience) { m_state->patience = patience; }

    //! Stops the time until the next read or write, because it is somebody else's turn.
    void rest() { m_state->deadline = never(); }

    //! The connection was closed because it was silent.
    [[nodiscard]] bool isTimedOut() const { return m_state->isTimedOut; }

    void close();

    template<typename Buffers, typename Token>
    auto async_read_some(const Buffers &buffers, Token &&token) // NOLINT
    {
        m_state->begin();
        return m_state->socket.async_read_some(buffers, std::forward<Token>(token));
    }

    template<typename Buffers, typename Token>
    auto async_write_some(const Buffers &buffers, Token &&token) // NOLINT
    {
        m_state->begin();
        return m_state->socket.async_write_some(buffers, std::forward<Token>(token));
    }

private:
    using TimePoint = std::chrono::steady_clock::time_point;
    static constexpr TimePoint never() { return TimePoint::max(); }

    //! The timer is rarely restarted: if it fires early, it waits for the rest.
    struct State : std::enable_shared_from_this<State> {
        explicit State(Socket given)
            : socket(std::move(given))
            , timer(socket.get_executor())
        {
        }
        void begin();
        void wakeAt(TimePoint when);
        void look();

        Socket socket;
        asio::steady_timer timer;
        std::chrono::milliseconds patience{0};
        TimePoint deadline = never();
        TimePoint wakesAt = never();
        bool isTimedOut = false;
    };
    std::shared_ptr<State> m_state;
};

} // namespace latchkey::ctl
