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

//! What a request takes along: where to, and the token for it.
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

    [[nodiscard]] Appliance appliance();
    [[nodiscard]] Access access();

    //! What to try once the appliance has refused a token: the one that has come meanwhile, else
    //! that of a refresh. Nothing where only a refresh could help and has just been in vain.
    [[nodiscard]] std::optional<std::string> tokenAfter(const std::string &refused);

    //! The appliance has taken it.
    void noteAccepted(const std::string &token);

private:
    [[nodiscard]] std::string token();
    [[nodiscard]] bool isRefreshInVain(const std::string &refused);
    void noteRefreshed(const std::string &token);
    [[nodiscard]] nlohmann::json ask(const std::string &method);
    [[nodiscard]] nlohmann::json askBy(std::unique_ptr<Client> client, const std::string &method);
    [[nodiscard]] std::unique_ptr<Client> takeClient();

    std::string m_name;
    Seconds m_patience;

    std::mutex m_clientsMutex;
    std::vector<std::unique_ptr<Client>> m_clients; // that nobody uses now

    std::mutex m_refreshMutex; // held while a refresh is under way
    std::mutex m_factsMutex;
    std::string m_refreshed; // what our last refresh brought
    bool m_isRefreshedGood = false;
    std::chrono::steady_clock::time_point m_refreshedAt;
};

//! The same no for whoever sent the request.
[[nodiscard]] Refused refusedBy(const Failure &failure);

} // namespace latchkey::ctl
