// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! An address of this machine's own loop. Names are none.
[[nodiscard]] bool isLoopback(const std::string &host);

//! Where --listen wants us: an address of this machine's own loop, and a port; 0 is any.
struct ListenAddress {
    std::string host; //!< `127.0.0.1` or `::1`
    std::uint16_t port = 0;

    //! Throws a Failure (usage).
    [[nodiscard]] static ListenAddress from(std::string_view text);

    //! As it stands in a URL.
    [[nodiscard]] std::string urlHost() const;
};

} // namespace latchkey::ctl
