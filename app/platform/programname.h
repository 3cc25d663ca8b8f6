// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace latchkey {

//! The name of the program that a process runs, without a daemon's suffix; empty if it cannot be
//! seen.
[[nodiscard]] QString programName(uint pid);

} // namespace latchkey
