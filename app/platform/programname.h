// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace latchkey {

//! The name of the program behind a process, without what daemons have at its end; empty where
//! that cannot be seen.
[[nodiscard]] QString programName(uint pid);

} // namespace latchkey
