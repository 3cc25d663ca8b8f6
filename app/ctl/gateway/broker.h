// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ctl/connection.h"

namespace latchkey::ctl {

//! The agent knows a program by its file, which the system tells only of a process that the user's
//! other programs may look into. So the gateway is two processes: the broker, which talks to the
//! agent and keeps nothing of what it carries, and its child, which holds key and tokens and is
//! hidden from them all. The broker is hidden, too, but from when it connects until the agent says
//! something: that looks at who connects. One file per operating system.
class Broker {
public:
    //! Returns in the child, which ends with the broker. In the broker it never returns: that one
    //! hands signals on to the child and calls `end` with the child's exit code. To be called
    //! before there are threads or secrets.
    explicit Broker(void (*end)(int exitCode));
    ~Broker();
    Broker(const Broker &) = delete;
    Broker &operator=(const Broker &) = delete;

    //! A socket that leads to the agent and is the caller's; else a Failure. Ends the one before.
    //! From one thread at a time.
    [[nodiscard]] int connect(TimePoint limit) const;

private:
    int m_socket = -1;
};

} // namespace latchkey::ctl
