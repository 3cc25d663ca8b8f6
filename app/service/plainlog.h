// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! From now on each message in the log is one line without control characters, so that others'
//! words in it (paths, names, what a keychain says) can neither forge a line nor command a
//! terminal. To be called once, by main().
void keepLogPlain();

} // namespace latchkey
