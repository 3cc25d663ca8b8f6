// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/client.h"
#include "client/failure.h"
#include "gateway/agentline.h"
#include "gateway/joint.h"
#include "gateway/rules/appliance.h"
#include "gateway/rules/httperror.h"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace latchkey::ctl {

//! What a request takes along: where to, and the token for it. Both of one answer of the agent:
//! the session may be forgotten and signed in elsewhere at any moment.
struct Access {
    Appliance appliance;
    std::string token;
};

using SharedAccess = std::shared_ptr<const Access>;

//! The session as the agent keeps it. A token is held for as long as the agent allows and tells of
//! no change: so a lock, a policy or a sign-out holds at once. The agent is told how often a token
//! was used. What it says no to is thrown as a Failure. One thread only.
class AgentSession {
public:
    //! `patience` is for each call.
    AgentSession(asio::any_io_executor executor, std::string name, Seconds patience,
        ConnectToAgent connect = connectToAgent);

    //! Finds out where the appliance is, and waits for the agent. To be called once, before
    //! anything else.
    void begin();

    //! A Failure (no session) where the name has come to mean another appliance.
    [[nodiscard]] Task<SharedAccess> access();

    //! What to try once the appliance has refused a token: the one that has come meanwhile, else
    //! that of a refresh, one for all who were refused the same. Nothing where only a refresh could
    //! help and has just been in vain.
    [[nodiscard]] Task<SharedAccess> accessAfter(std::string refused);

    //! The appliance has taken it.
    void noteAccepted(const std::string &token);

    //! Waits until the agent knows how often tokens were used so far.
    [[nodiscard]] Task<void> tellLastUse();

private:
    using TimePoint = std::chrono::nanoseconds; // since the machine's start, sleep counted
    struct Given {
        SharedAccess access;
        std::uint64_t news = 0;
        TimePoint until;
    };

    [[nodiscard]] bool isHeldGood() const;
    [[nodiscard]] Task<Given> askForToken();
    [[nodiscard]] Task<SharedAccess> mend(std::string refused);
    [[nodiscard]] bool isRefreshInVain(const std::string &refused) const;
    void noteRefreshed(const std::string &token);
    void noteUse();
    void tellUse();

    asio::any_io_executor m_executor;
    std::string m_name;
    Seconds m_patience;
    ConnectToAgent m_connect;
    AgentLine m_line;
    Appliance m_appliance; // the one that we began with

    Joint<Given> m_asking;
    Given m_held;
    std::map<std::string, std::shared_ptr<Joint<SharedAccess>>> m_mendings; // by what was refused

    asio::steady_timer m_tellAt;
    int m_untold = 0; // requests that the agent does not know of
    bool m_isTelling = false;

    std::size_t m_refreshed = 0; // the hash of what our last refresh brought
    bool m_isRefreshedGood = false;
    std::chrono::steady_clock::time_point m_refreshedAt;
};

//! The same no for whoever sent the request.
[[nodiscard]] HttpError refusedBy(const Failure &failure);

} // namespace latchkey::ctl
