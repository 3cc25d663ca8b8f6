// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/connection.h"

namespace latchkey::ctl {

//! The agent knows a program by its file, which the system tells only of a process that the user's
//! other programs may look into. So the gateway is two processes: the broker, which was started,
//! and its child, which has key and tokens, talks to the agent, and was never open to anybody. The
//! broker has nothing. It vouches for the child, and while it does so the agent can look at it, and
//! so can others. One file per operating system.
class Broker {
public:
    //! Returns in the child. The broker hands signals on and ends as the child ends; if it ends
    //! before, the child is asked to end, too. To be called before there are threads or secrets; a
    //! Failure where it cannot be.
    Broker();
    ~Broker();
    Broker(const Broker &) = delete;
    Broker &operator=(const Broker &) = delete;

    //! A socket that leads to the agent, which knows whose it is, and is the caller's; else a
    //! Failure. From one thread at a time.
    [[nodiscard]] int connect(TimePoint limit) const;

private:
    int m_socket = -1;
};

} // namespace latchkey::ctl
