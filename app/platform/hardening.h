// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

// No Qt here: latchkeyctl uses this header, too. What the system does not grant is skipped.

//! Prevents core dumps. The user's other programs can still look at the process, as the agent must
//! in order to say who asks for a token.
void forbidCoreDumps();

//! Makes all new files private to the user, whatever the session's umask is. Not for a program that
//! will run another command of the user's, which would inherit this.
void keepFilesPrivate();

//! Closes this process to all other programs of the user: no core dump, no debugger, no access to
//! its memory or environment. Whatever they had opened before stays open; see workInClosedChild().
//! Libraries neither keep nor log what they have sent and received. To be called before other
//! threads are started.
void hardenProcess();

} // namespace latchkey
