// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/client.h"
#include "client/failure.h"
#include "gateway/agentline.h"
#include "gateway/joint.h"
#include "gateway/rules/appliance.h"
#include "gateway/rules/httperror.h"
#include "gateway/rules/path.h"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latchkey::ctl {

//! What a request needs: the appliance and its token. Both come from one answer of the agent,
//! because the session may be forgotten at any moment and signed in to another appliance.
struct Access {
    Appliance appliance;
    std::string token;
    std::vector<Path> tokenPaths; //!< where it deals in tokens; shut
    std::uint64_t news = 0; //!< how often the agent had reported a change by then
    //! Until when the token may be held, in time since the machine's start, including sleep; 0 if
    //! it was given for this once.
    std::chrono::nanoseconds until{};
};

using SharedAccess = std::shared_ptr<const Access>;

//! The session, as the agent knows it. A token is held as long as the agent allows and reports no
//! change, so a lock, a changed policy or a sign-out takes effect at once. The agent is told how
//! often a token was used. A refusal by the agent is thrown as a Failure. One thread only.
class AgentSession {
public:
    //! `patience` is the limit for each call.
    AgentSession(asio::any_io_executor executor, std::string name, Seconds patience,
        ConnectToAgent connect = connectToAgent);

    //! Waits for the agent and finds out where the appliance is. Must be called once, before
    //! anything else.
    void begin();

    //! Throws a Failure (no session) if the name now belongs to a session of another appliance or
    //! user.
    [[nodiscard]] Task<SharedAccess> access();

    //! To be called when time has passed: the same again if the agent has reported no change since
    //! and the token may still be held.
    [[nodiscard]] Task<SharedAccess> accessStill(SharedAccess earlier);

    //! What to try after the appliance refused a token: a newer token if there is one, or else the
    //! token from a refresh. All requests that were refused with the same token share one refresh.
    //! Nothing if only a refresh could help and the last one did not.
    [[nodiscard]] Task<SharedAccess> accessAfter(std::string refused);

    //! The appliance has accepted this token.
    void noteAccepted(const std::string &token);

    //! Waits until the agent knows about all uses so far.
    [[nodiscard]] Task<void> tellLastUse();

private:
    void onNews();
    [[nodiscard]] bool isHeldGood() const;
    [[nodiscard]] Task<SharedAccess> askForToken();
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
    Appliance m_appliance; // the one that begin() found
    std::string m_user;

    Joint<SharedAccess> m_asking;
    SharedAccess m_held;
    std::map<std::string, std::shared_ptr<Joint<SharedAccess>>> m_mendings; // by refused token

    asio::steady_timer m_tellAt;
    int m_untold = 0; // uses that the agent does not know about yet
    bool m_isTelling = false;

    std::size_t m_refreshed = 0; // the hash of the token from our last refresh
    bool m_isRefreshedGood = false;
    std::chrono::steady_clock::time_point m_refreshedAt;
};

//! The same refusal as an HTTP error for the client.
[[nodiscard]] HttpError refusedBy(const Failure &failure);

} // namespace latchkey::ctl
