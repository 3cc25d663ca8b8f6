// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/history/sessionhistory.h"
#include "session/transitions.h"

namespace latchkey {

//! The history's entry for a change at \a at, in which \a event led to \a state.
[[nodiscard]] SessionHistory::Entry entryFor(
    const SessionEvent &event, const SessionState &state, WallTime at);

} // namespace latchkey
