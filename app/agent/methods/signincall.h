// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methods/methodcall.h"

#include <functional>

namespace latchkey {

//! How a program waits for a sign-in.
struct SignInWait {
    Instant deadline;
    //! Whether another sign-in has taken the place of this one.
    std::function<bool()> isReplaced;
    //! The code that the program knew beforehand.
    Secret code = {};
};

//! For a sign-in that was asked for just now, and may still have to wait for its turn. Done when it
//! has brought tokens; refused also when it was given up and the session goes on as it was.
[[nodiscard]] Outcome signInOutcome(const Session &session, const SignInWait &wait);

//! The same for what goes on after a code, or a decision on a certificate: a sign-in or a refresh.
[[nodiscard]] Outcome resumedOutcome(const Session &session, const SignInWait &wait);

} // namespace latchkey
