// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ctl/gateway/agentsession.h"
#include "ctl/gateway/asio.h"
#include "ctl/gateway/dialer.h"
#include "ctl/gateway/limits.h"
#include "ctl/gateway/upstream.h"

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
    Courier(AgentSession &session, asio::any_io_executor executor, const Limits &limits,
        Resolve resolve);

    //! `target` is below the appliance's base path. Throws Refused, and Failure for the agent's no.
    [[nodiscard]] Task<Delivery> carry(UpstreamRequest &request, const std::string &target);

    //! Once the body is read.
    void giveBack(Delivery delivery);

private:
    [[nodiscard]] Task<Delivery> send(const Appliance &appliance, UpstreamRequest &request);
    [[nodiscard]] Task<Delivery> sendOnNew(const Appliance &appliance, UpstreamRequest &request);
    [[nodiscard]] Task<std::optional<Delivery>> sendOnIdle(
        const Appliance &appliance, UpstreamRequest &request);

    AgentSession &m_session;
    asio::any_io_executor m_executor;
    asio::ssl::context m_tls;
    Limits m_limits;
    Dialer m_dialer;
    UpstreamPool m_pool;
};

} // namespace latchkey::ctl
