// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/rules/proxy.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! Where a session's appliance is, and how its certificate is recognised.
struct Appliance {
    bool isSecure = true;
    std::string host; //!< an IPv6 address without brackets
    std::string port;
    std::string authority; //!< host and port as the URL spells them
    std::string basePath; //!< prefix of every path: empty, or with a slash at its start only
    std::string pin; //!< `AA:BB:…`, or empty
    std::optional<Proxy> proxy; //!< carries everything that is sent there

    //! From the agent's session or hand-out. Throws a Failure if nothing can be sent to the
    //! address.
    [[nodiscard]] static Appliance from(const nlohmann::json &session);

    //! If equal, a connection to one can be used for the other.
    [[nodiscard]] bool operator==(const Appliance &other) const = default;

    //! Whether both are the same place, regardless of the certificate and the proxy: a person may
    //! come to trust another certificate.
    [[nodiscard]] bool isWhere(const Appliance &other) const;

    //! Rewrites the appliance's own addresses to addresses below `base`. Other addresses, and those
    //! outside the base path, stay as they are.
    [[nodiscard]] std::string localised(std::string_view location, std::string_view base) const;
};

} // namespace latchkey::ctl
