// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <chrono>

namespace latchkey {

//! Whether the process, with everything that it held, has ended or ends within \a patience. False
//! if there is no way to tell. Blocks, so it is only for the start of a program.
[[nodiscard]] bool hasEnded(
    qint64 pid, std::chrono::milliseconds patience = std::chrono::milliseconds::zero());

} // namespace latchkey
