// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/processend.h"

#include <cerrno>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace latchkey {

//! pidfd_open(2): the handle becomes readable once the process has ended, whether or not its parent
//! has waited for it.
bool hasEnded(qint64 pid, std::chrono::milliseconds patience)
{
    const int handle = static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0));
    if (handle < 0)
        return errno == ESRCH;
    pollfd end{handle, POLLIN, 0};
    const bool isEnded = poll(&end, 1, static_cast<int>(patience.count())) == 1;
    close(handle);
    return isEnded;
}

} // namespace latchkey
