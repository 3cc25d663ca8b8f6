// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/agentsession.h"
#include "gateway/asio.h"
#include "gateway/dialer.h"
#include "gateway/rules/limits.h"
#include "gateway/upstream.h"

#include <memory>
#include <optional>
#include <string>

namespace latchkey::ctl {

//! The appliance's answer and the connection that its body still has to be read from.
struct UpstreamResponse {
    std::unique_ptr<Upstream> upstream;
    std::unique_ptr<UpstreamReply> reply;
};

//! Carries requests to the appliance, with the token of the moment; after a true 401 once more,
//! with another one.
class Forwarder {
public:
    Forwarder(AgentSession &session, asio::any_io_executor executor, const Limits &limits,
        Resolve resolve);

    //! `target` is below the appliance's base path. Throws HttpError, and Failure for the agent's
    //! no.
    [[nodiscard]] Task<UpstreamResponse> carry(UpstreamRequest &request, const std::string &target);

    //! Once the body is read.
    void giveBack(UpstreamResponse response);

private:
    [[nodiscard]] Task<UpstreamResponse> send(const Appliance &appliance, UpstreamRequest &request);
    [[nodiscard]] Task<UpstreamResponse> sendOnNew(
        const Appliance &appliance, UpstreamRequest &request);
    [[nodiscard]] Task<std::optional<UpstreamResponse>> sendOnIdle(
        const Appliance &appliance, UpstreamRequest &request);

    AgentSession &m_session;
    asio::any_io_executor m_executor;
    asio::ssl::context m_tls;
    Limits m_limits;
    Dialer m_dialer;
    UpstreamPool m_pool;
};

} // namespace latchkey::ctl
