// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/handout.h"

#include "client/failures.h"
#include "client/rpc.h"

#include <algorithm>

namespace latchkey::ctl {

//! The token goes into headers and environments, so anything but visible ASCII is refused.
std::string tokenFrom(const nlohmann::json &reply)
{
    const auto found = reply.find("accessToken");
    const std::string token =
        found != reply.end() && found->is_string() ? found->get<std::string>() : "";
    const auto isVisible = [](char c) {
        return c > ' ' && c <= '~';
    };
    if (token.empty() || !std::all_of(token.begin(), token.end(), isVisible))
        throw noUsableToken();
    return token;
}

std::string serverFrom(const nlohmann::json &reply)
{
    std::string server = memberText(reply, "server");
    if (server.empty())
        throw noAppliance();
    return server;
}

} // namespace latchkey::ctl
