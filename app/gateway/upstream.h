// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/asio.h"
#include "gateway/dialer.h"
#include "gateway/rules/appliance.h"
#include "gateway/rules/limits.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <chrono>
#include <memory>
#include <span>
#include <vector>

namespace latchkey::ctl {

using UpstreamRequest = beast::http::request<beast::http::string_body>;
using UpstreamReply = beast::http::response_parser<beast::http::buffer_body>;

//! A connection to the appliance: call connect(), then send one request after the other. Errors are
//! thrown as HttpError (502, 504); after that the connection cannot be used any more.
class Upstream {
public:
    //! `tls` must outlive the connection.
    [[nodiscard]] static std::unique_ptr<Upstream> to(const Appliance &appliance,
        asio::any_io_executor executor, asio::ssl::context &tls, const Limits &limits);

    virtual ~Upstream() = default;
    Upstream(const Upstream &) = delete;
    Upstream &operator=(const Upstream &) = delete;

    [[nodiscard]] const Appliance &appliance() const { return m_appliance; }

    [[nodiscard]] virtual Task<void> connect(Dialer &dialer) = 0;

    //! Sends the request and reads the head of the final answer. If the appliance refuses the
    //! request early, the rest of it is not sent.
    [[nodiscard]] virtual Task<std::unique_ptr<UpstreamReply>> exchange(
        UpstreamRequest &request) = 0;

    //! Reads part of the body, at most as much as fits; 0 does not mean the end.
    [[nodiscard]] virtual Task<std::size_t> read(UpstreamReply &reply, std::span<char> into) = 0;

    //! More bytes have arrived than were read.
    [[nodiscard]] virtual bool isAhead() const = 0;

    //! Every request that was begun on this connection was sent completely.
    [[nodiscard]] virtual bool isWhole() const = 0;

    //! Nothing has arrived since the last answer, not even the end of the connection.
    [[nodiscard]] virtual bool isQuiet() = 0;

protected:
    explicit Upstream(Appliance appliance)
        : m_appliance(std::move(appliance))
    {
    }

private:
    Appliance m_appliance;
};

//! Idle connections that wait for the next request; only a few, and not for long. One thread only.
class UpstreamPool {
public:
    //! A connection that still works, or nothing.
    [[nodiscard]] std::unique_ptr<Upstream> take(const Appliance &appliance);
    void keep(std::unique_ptr<Upstream> upstream);

private:
    struct Idle {
        std::unique_ptr<Upstream> upstream;
        std::chrono::steady_clock::time_point until;
    };
    std::vector<Idle> m_idle;
};

} // namespace latchkey::ctl
