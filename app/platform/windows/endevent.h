// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace latchkey {

//! Name of the event object by which the installer asks the program with that process id to end, as
//! SIGTERM does elsewhere. The program makes it, in the global namespace, because the installer may
//! be in another session; only the same user, administrators and the system may set it.
[[nodiscard]] inline std::wstring endEventName(unsigned long processId)
{
    return L"Global\\io.github.latchkey.Latchkey.end." + std::to_wstring(processId);
}

} // namespace latchkey
