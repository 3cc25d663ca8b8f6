// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! Whether `host` is a loopback address. A host name never is.
[[nodiscard]] bool isLoopback(const std::string &host);

//! Where --listen wants the gateway to listen: a loopback address and a port; 0 means any port.
struct ListenAddress {
    std::string host; //!< `127.0.0.1` or `::1`
    std::uint16_t port = 0;

    //! Throws a Failure (usage) if `text` is malformed.
    [[nodiscard]] static ListenAddress from(std::string_view text);

    //! The host as spelled in a URL.
    [[nodiscard]] std::string urlHost() const;
};

} // namespace latchkey::ctl
