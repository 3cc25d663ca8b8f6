// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/connection.h"

namespace latchkey::ctl {

//! Splits the gateway into two processes. The agent identifies a program by its file, and the
//! system reveals that only for a process that the user's other programs can look into. So the
//! process that was started becomes the broker, which holds no secrets. Its child has the key and
//! the tokens and talks to the agent, and no other program could ever look into it. The broker
//! vouches for the child; while it does so, the agent and the user's other programs can look into
//! the broker. One source file per operating system.
class Broker {
public:
    //! Returns in the child. The broker forwards signals and ends as the child ends; if the broker
    //! ends first, the child is asked to end as well. Must be called before there are threads or
    //! secrets. Throws a Failure if it does not work.
    Broker();
    ~Broker();
    Broker(const Broker &) = delete;
    Broker &operator=(const Broker &) = delete;

    //! A socket connected to the agent, which then knows whose it is; the caller owns it. Throws a
    //! Failure if that fails. To be called from one thread at a time.
    [[nodiscard]] NativeConnection connect(TimePoint limit) const;

private:
    int m_socket = -1;
};

} // namespace latchkey::ctl
