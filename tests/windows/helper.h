// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

// What the tests of Windows programs, which run outside of Wine, want done inside. Each is a
// command of latchkey-test-helper and returns its exit code; text is UTF-8.

namespace latchkey::test {

using Arguments = std::vector<std::string>;

//! `pipe NAME PORT [OWNER [LEVEL]]`: whatever comes through the pipe goes to this port of
//! 127.0.0.1, and back. The pipe belongs to OWNER, a SID, else to our user, and has this integrity
//! level, such as `LW`. Says `listens`, and ends with its stdin.
[[nodiscard]] int servePipe(const Arguments &arguments);

//! `console [TEXT TYPED]… -- PROGRAM [ARGUMENT…]`: runs it at a console of its own. As soon as TEXT
//! stands on the screen, types TYPED and Enter, or Ctrl-C where that is `^C`. In the end, prints
//! what stands on the screen, the exit code, and whether typing is shown.
[[nodiscard]] int showConsole(const Arguments &arguments);

} // namespace latchkey::test
