// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <string>

namespace latchkey {

// No Qt here: the gateway uses this header, too.

//! Splits the program into two processes and returns in the child, which handles the secrets and is
//! hardened from its first moment. The process that was started was not: until main() forbade it,
//! the user's other programs could open its memory, and one that did can read it for ever. So that
//! process holds no secrets.
//!
//! It runs \a meanwhile with the child's process number, forwards SIGTERM, SIGINT and SIGHUP, and
//! ends as the child ends. If it ends first, the child gets \a lastSignal.
//!
//! In the process that was started, this returns only if there is no child, with the reason as a
//! sentence. That happens, for example, if another program traces the process.
//!
//! Call it at the beginning of main(), before there are threads or secrets.
[[nodiscard]] std::optional<std::string> workInClosedChild(
    int lastSignal, const std::function<void(int child)> &meanwhile = {});

//! For use as \a meanwhile: gives back the pages of the program's code and its libraries, of which
//! a waiting process needs few. It delays the child by some milliseconds.
void giveCodeBack(int child);

//! For the child: the number of the process that was started.
[[nodiscard]] int startedProcess();

} // namespace latchkey
