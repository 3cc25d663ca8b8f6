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

//! The appliance's answer, and the connection from which its body is still to be read.
struct UpstreamResponse {
    std::unique_ptr<Upstream> upstream;
    std::unique_ptr<UpstreamReply> reply;
};

//! Passes requests on to the appliance with the current token. After a genuine 401, tries once more
//! with another token.
class Forwarder {
public:
    Forwarder(AgentSession &session, asio::any_io_executor executor, const Limits &limits,
        Resolve resolve);

    //! `target` is relative to the appliance's base path. Throws HttpError, or a Failure if the
    //! agent refuses.
    [[nodiscard]] Task<UpstreamResponse> carry(UpstreamRequest &request, const std::string &target);

    //! To be called once the body has been read.
    void giveBack(UpstreamResponse response);

private:
    //! `access` becomes what it was sent with.
    [[nodiscard]] Task<UpstreamResponse> send(
        SharedAccess &access, UpstreamRequest &request, const std::string &target);
    [[nodiscard]] Task<UpstreamResponse> sendOnNew(
        SharedAccess &access, UpstreamRequest &request, const std::string &target);
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
