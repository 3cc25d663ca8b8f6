// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/hardening.h"

#include <cstdlib>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace latchkey::ctl {

void hideMemory()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#if defined(__SANITIZE_ADDRESS__)
    // At the end the sanitizer looks into the process as a debugger would.
    static_cast<void>(std::atexit([] { prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); }));
#endif
}

} // namespace latchkey::ctl
