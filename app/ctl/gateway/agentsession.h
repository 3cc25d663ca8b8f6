// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ctl/client.h"
#include "ctl/failure.h"
#include "ctl/gateway/appliance.h"
#include "ctl/gateway/refused.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace latchkey::ctl {

//! What a request takes along: where to, and the token for it. Both of one answer of the agent:
//! the session may be forgotten and signed in elsewhere at any moment.
struct Access {
    Appliance appliance;
    std::string token;
};

//! The session as the agent keeps it, asked anew for every request: so a lock, a policy or a
//! sign-out holds at once. Calls wait for the agent and may come from any thread. What the agent
//! says no to is thrown as a Failure.
class AgentSession {
public:
    //! `patience` is for each call.
    AgentSession(std::string name, Seconds patience);

    //! Finds out where the appliance is. To be called once, before anything else.
    void begin();

    //! A Failure (no session) where the name has come to mean another appliance.
    [[nodiscard]] Access access();

    //! What to try once the appliance has refused a token: the one that has come meanwhile, else
    //! that of a refresh. Nothing where only a refresh could help and has just been in vain. By one
    //! thread at a time.
    [[nodiscard]] std::optional<Access> accessAfter(const std::string &refused);

    //! The appliance has taken it.
    void noteAccepted(const std::string &token);

private:
    [[nodiscard]] bool isRefreshInVain(const std::string &refused);
    void noteRefreshed(const std::string &token);
    [[nodiscard]] nlohmann::json ask(const std::string &method);
    [[nodiscard]] nlohmann::json askBy(std::unique_ptr<Client> client, const std::string &method);
    [[nodiscard]] std::unique_ptr<Client> takeClient();

    std::string m_name;
    Seconds m_patience;
    Appliance m_appliance; // the one that we began with

    std::mutex m_clientsMutex;
    std::vector<std::unique_ptr<Client>> m_clients; // that nobody uses now

    std::mutex m_factsMutex;
    std::string m_refreshed; // what our last refresh brought
    bool m_isRefreshedGood = false;
    std::chrono::steady_clock::time_point m_refreshedAt;
};

//! The same no for whoever sent the request.
[[nodiscard]] Refused refusedBy(const Failure &failure);

} // namespace latchkey::ctl
