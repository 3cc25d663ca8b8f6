// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! The HTTP proxy through which all traffic goes to an appliance.
struct Proxy {
    std::string host; //!< an IPv6 address without brackets
    std::string port;
    std::string credentials; //!< for Proxy-Authorization, encoded; empty if there are none

    //! From the agent's member `proxy`, such as `http://user:password@proxy.example:3128`; nothing
    //! if it is null or missing. Throws a Failure if the gateway cannot use this proxy.
    [[nodiscard]] static std::optional<Proxy> from(const nlohmann::json &session);

    //! Host and port, for people. Never includes the credentials.
    [[nodiscard]] std::string place() const;

    [[nodiscard]] bool operator==(const Proxy &other) const = default;
};

[[nodiscard]] std::string base64(std::string_view bytes);

} // namespace latchkey::ctl
