// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/rules/proxy.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! Where a session's appliance is, and how its certificate is known.
struct Appliance {
    bool isSecure = true;
    std::string host; //!< an IPv6 address without brackets
    std::string port;
    std::string authority; //!< host and port as the URL spells them
    std::string
        basePath; //!< what comes before every path: empty, or with a slash at its start only
    std::string pin; //!< `AA:BB:…`, or empty
    std::optional<Proxy> proxy; //!< that all which goes there goes through

    //! From the agent's session, or its hand-out. Throws a Failure for an address that nothing can
    //! be sent to.
    [[nodiscard]] static Appliance from(const nlohmann::json &session);

    //! Connections to one may serve for the other.
    [[nodiscard]] bool operator==(const Appliance &other) const = default;

    //! Whatever its certificate and the way there: a person may come to trust another one.
    [[nodiscard]] bool isWhere(const Appliance &other) const;

    //! Its own addresses as those of `base`; others, and what is not below the base path, as they
    //! are.
    [[nodiscard]] std::string localised(std::string_view location, std::string_view base) const;
};

} // namespace latchkey::ctl
