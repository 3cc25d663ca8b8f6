// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! From now on each message in the log is one line that no terminal obeys, whosever words it has:
//! paths, names, or what a keychain says. For main().
void keepLogPlain();

} // namespace latchkey
