// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

namespace latchkey::ctl {

//! How long is waited for others. All but `connect` and `nextAddress` count silence: whatever goes
//! on, however slowly, is never cut off.
struct Limits {
    using Time = std::chrono::milliseconds;

    Time silence = std::chrono::seconds(60); //!< in the midst of a request or of an answer
    Time head =
        std::chrono::seconds(10); //!< in the midst of a request's head, and before the first
    Time idle = std::chrono::seconds(60); //!< between requests, as clients are told
    Time idleGrace = std::chrono::seconds(5); //!< what is on its way by then still finds us
    Time leave = std::chrono::seconds(2); //!< after the last answer
    Time connect = std::chrono::seconds(10);
    Time nextAddress = std::chrono::milliseconds(250); //!< RFC 8305, 5
};

} // namespace latchkey::ctl
