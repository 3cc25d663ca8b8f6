// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/hardening.h"

#include <cstdlib>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace latchkey {

//! One byte and not none: a program that is handed the dumps (a `core_pattern` with a pipe) gets
//! them whatever the limit, unless it is 1 (core(5)). No file is that small, so that none is
//! written either. Where the limit may not be raised from 0 it stays there.
void forbidCoreDumps()
{
    const rlimit none{1, 1};
    setrlimit(RLIMIT_CORE, &none);
}

void keepFilesPrivate()
{
    umask(S_IRWXG | S_IRWXO);
}

//! prctl(2): who is not dumpable cannot be attached to with ptrace(2) either, and has its files in
//! /proc given to root.
void hardenProcess()
{
    forbidCoreDumps();
    prctl(PR_SET_DUMPABLE, 0);
    setenv("DBUS_MESSAGE_CACHE", "0", 1); // libdbus would keep messages, and what they held
#if defined(__SANITIZE_ADDRESS__)
    // The search for leaks at the end attaches to the process.
    std::atexit([] { prctl(PR_SET_DUMPABLE, 1); });
#endif
}

} // namespace latchkey
