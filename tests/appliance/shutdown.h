// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace latchkey::appliance {

//! From here on SIGTERM and SIGINT leave the event loop, so that the program ends in order.
void quitOnSignals();

//! Leaves the event loop when that process is gone, whether it is our parent or not. False where
//! the system cannot tell.
[[nodiscard]] bool quitWithProcess(qint64 pid);

} // namespace latchkey::appliance
