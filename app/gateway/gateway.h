// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/agentsession.h"
#include "gateway/asio.h"
#include "gateway/clientconnection.h"
#include "gateway/dialer.h"
#include "gateway/forwarder.h"
#include "gateway/rules/allowrule.h"
#include "gateway/rules/authenticator.h"
#include "gateway/rules/limits.h"
#include "gateway/rules/listening.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <list>
#include <optional>
#include <vector>

namespace latchkey::ctl {

//! Listens, and serves each client that connects. Ends when its session is forgotten.
class Gateway {
public:
    //! Listens from now on; throws a Failure if it cannot. `session` runs on `io` as well.
    Gateway(asio::io_context &io, const ListenAddress &address, std::vector<AllowRule> rules,
        AgentSession &session, bool isVerbose, const Limits &limits = {}, Resolve resolve = {});

    [[nodiscard]] const Authenticator &authenticator() const { return m_authenticator; }

    //! Returns when the gateway ends. If that is because of the session, returns the reason.
    [[nodiscard]] std::optional<Failure> run();

private:
    [[nodiscard]] Task<void> accept();
    [[nodiscard]] Task<void> serve(asio::ip::tcp::socket socket);
    [[nodiscard]] Task<void> turnAway(asio::ip::tcp::socket socket);
    [[nodiscard]] bool isRoomMade();

    asio::io_context &m_io;
    asio::ip::tcp::acceptor m_acceptor;
    Authenticator m_authenticator;
    std::vector<AllowRule> m_rules;
    Forwarder m_forwarder;
    Budget m_bodies;
    Context m_context;
    std::list<ClientConnection *> m_clients; // the oldest first; each lives as long as its serve()
    std::size_t m_strangers = 0; // being turned away at the moment
    std::optional<Failure> m_end;
};

} // namespace latchkey::ctl
