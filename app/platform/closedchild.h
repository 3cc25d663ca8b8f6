// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <string>

namespace latchkey {

// No Qt: the gateway uses it, too.

//! Makes two processes of this one, and returns in the child, which is for the secrets: it is
//! hardened from its birth. The memory of the process that was started could be opened by the
//! user's other programs until main() said no, and whoever had opened it by then could read it for
//! ever; so that one keeps nothing. It runs \a meanwhile with the child's process number, hands
//! SIGTERM, SIGINT and SIGHUP on, and ends as the child ends. If it ends before, the child gets
//! \a lastSignal.
//! Returns in the process that was started only if there is no child: why, as a sentence. That is
//! so where another program traces it.
//! To be called at the beginning of main(): before there are threads, and before there is anything
//! to hide.
[[nodiscard]] std::optional<std::string> workInClosedChild(
    int lastSignal, const std::function<void(int child)> &meanwhile = {});

//! To be done meanwhile: what is mapped of our program and its libraries goes, for who waits needs
//! little of it. It holds up the child by some milliseconds.
void giveCodeBack(int child);

//! The number of the process that was started, for that child.
[[nodiscard]] int startedProcess();

} // namespace latchkey
