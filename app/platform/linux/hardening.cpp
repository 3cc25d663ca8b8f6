// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/hardening.h"

#include <cstdlib>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace latchkey {

//! The limit is one byte, not zero: a program that the kernel pipes dumps to (a `core_pattern` with
//! a pipe) gets them whatever the limit, unless it is 1 (core(5)). No dump file is that small, so
//! none is written either. If the limit is 0 and may not be raised, it stays 0.
void forbidCoreDumps()
{
    const rlimit none{1, 1};
    setrlimit(RLIMIT_CORE, &none);
}

void keepFilesPrivate()
{
    umask(S_IRWXG | S_IRWXO);
}

//! prctl(2): nobody can attach with ptrace(2) to a process that is not dumpable, and its files in
//! /proc belong to root.
void hardenProcess()
{
    forbidCoreDumps();
    prctl(PR_SET_DUMPABLE, 0);
    setenv("DBUS_MESSAGE_CACHE", "0", 1); // libdbus would keep old messages and what they held
    // Qt would compile regular expressions, into memory that is both written and run. Ours are not
    // used often enough for that to pay.
    setenv("QT_ENABLE_REGEXP_JIT", "0", 1);
    // These have messages logged, such as a keychain's answer with the vault key.
    unsetenv("QDBUS_DEBUG");
    unsetenv("G_DBUS_DEBUG");
#if defined(__SANITIZE_ADDRESS__)
    // The leak check at the end has to attach to the process.
    std::atexit([] { prctl(PR_SET_DUMPABLE, 1); });
#endif
}

} // namespace latchkey
