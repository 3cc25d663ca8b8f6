// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ctl/gateway/agentsession.h"
#include "ctl/gateway/asio.h"
#include "ctl/gateway/upstream.h"

#include <boost/asio/thread_pool.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace latchkey::ctl {

//! The appliance's answer and the connection that its body still has to be read from.
struct Delivery {
    std::unique_ptr<Upstream> upstream;
    std::unique_ptr<UpstreamReply> reply;
};

//! Carries requests to the appliance, with the token of the moment; after a true 401 once more,
//! with another one.
class Courier {
public:
    Courier(AgentSession &session, asio::any_io_executor executor);
    ~Courier();

    //! `target` is below the appliance's base path. Throws Refused, and Failure for the agent's no.
    [[nodiscard]] Task<Delivery> carry(UpstreamRequest &request, const std::string &target);

    //! Once the body is read.
    void giveBack(Delivery delivery);

private:
    struct Mending;

    //! What to try after a 401: one search for all who were refused the same token.
    [[nodiscard]] Task<std::optional<Access>> accessAfter(const std::string &refused);
    [[nodiscard]] Task<Delivery> send(const Appliance &appliance, UpstreamRequest &request);
    [[nodiscard]] Task<Delivery> sendOnNew(const Appliance &appliance, UpstreamRequest &request);
    [[nodiscard]] Task<std::optional<Delivery>> sendOnIdle(
        const Appliance &appliance, UpstreamRequest &request);

    AgentSession &m_session;
    asio::any_io_executor m_executor;
    asio::ssl::context m_tls;
    UpstreamPool m_pool;
    std::map<std::string, std::shared_ptr<Mending>> m_mendings; // under way, by what was refused
    asio::thread_pool m_threads;
    asio::thread_pool m_mendingThread; // a refresh may hang, and is to keep nobody else waiting
};

} // namespace latchkey::ctl
