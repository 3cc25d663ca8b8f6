// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

namespace latchkey::ctl {

//! How long the gateway waits for others. All limits but `connect` and `nextAddress` count silence:
//! a transfer that goes on, however slowly, is never cut off.
struct Limits {
    using Time = std::chrono::milliseconds;

    Time silence = std::chrono::seconds(60); //!< during a request or an answer
    Time head = std::chrono::seconds(10); //!< during a request's head, and before the first request
    Time idle = std::chrono::seconds(60); //!< between requests; clients are told
    Time idleGrace = std::chrono::seconds(5); //!< added: a request may be on its way
    Time leave = std::chrono::seconds(2); //!< after the last answer
    Time port = std::chrono::seconds(10); //!< until the port is free
    Time connect = std::chrono::seconds(10);
    Time nextAddress = std::chrono::milliseconds(250); //!< RFC 8305, 5
};

} // namespace latchkey::ctl
