// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ctl/gateway/agentsession.h"
#include "ctl/gateway/allowance.h"
#include "ctl/gateway/asio.h"
#include "ctl/gateway/conversation.h"
#include "ctl/gateway/courier.h"
#include "ctl/gateway/dialer.h"
#include "ctl/gateway/door.h"
#include "ctl/gateway/limits.h"
#include "ctl/gateway/listening.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <list>
#include <optional>
#include <vector>

namespace latchkey::ctl {

//! Listens, and holds a conversation with each client. Ends when its session is forgotten.
class Gateway {
public:
    //! Listens from now on; a Failure where it cannot. `context` is the session's as well.
    Gateway(asio::io_context &context, const ListenAddress &address,
        std::vector<Allowance> allowances, AgentSession &session, bool isVerbose,
        const Limits &limits = {}, Resolve resolve = {});

    [[nodiscard]] const Door &door() const { return m_door; }

    //! Until the end. Where that is because of the session, says so.
    [[nodiscard]] std::optional<Failure> run();

private:
    [[nodiscard]] Task<void> accept();
    [[nodiscard]] Task<void> converse(asio::ip::tcp::socket socket);
    [[nodiscard]] Task<void> turnAway(asio::ip::tcp::socket socket);
    [[nodiscard]] bool isRoomMade();

    asio::io_context &m_context;
    asio::ip::tcp::acceptor m_acceptor;
    Door m_door;
    std::vector<Allowance> m_allowances;
    Courier m_courier;
    Budget m_bodies;
    House m_house;
    std::list<Conversation *> m_conversations; // the oldest first; they live as long as converse()
    std::size_t m_strangers = 0; // that are being told so
    std::optional<Failure> m_end;
};

} // namespace latchkey::ctl
