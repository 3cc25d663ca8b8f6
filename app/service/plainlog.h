// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

class MessageLog;

//! From now on each message in the log is one line without control characters, so that others'
//! words in it (paths, names, what a keychain says) can neither forge a line nor command a
//! terminal. To be called once, by main().
void keepLogPlain();

//! From now on \a log gets each of our messages as well, and all warnings; null ends that. \a log
//! outlives it. Does nothing where keepLogPlain() was not called.
void copyLogTo(MessageLog *log);

} // namespace latchkey
