// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace latchkey::handover {

struct Program;

//! Keeps, until the next start of the computer at most, which of \a programs restart() starts.
void keep(const std::vector<Program> &programs);
//! Whether restart() is still to come: an old version is removed for a new one.
[[nodiscard]] bool isRestartToCome();

//! Starts what keep() has kept, if it is in \a folder, as it was started before but without a
//! window: each in the session and with the rights of the person who had it.
void restart(const std::wstring &folder);

} // namespace latchkey::handover
