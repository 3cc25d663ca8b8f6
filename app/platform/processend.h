// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <chrono>

namespace latchkey {

//! Whether the process has ended, and with it all that it held, or does so within \a patience.
//! False where there is no way to tell. It blocks: for a start alone.
[[nodiscard]] bool hasEnded(
    qint64 pid, std::chrono::milliseconds patience = std::chrono::milliseconds::zero());

} // namespace latchkey
