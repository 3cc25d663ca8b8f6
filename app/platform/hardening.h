// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

// No Qt: latchkeyctl uses it, too. What the system does not grant is done without.

//! Never a core dump. The user's other programs can still look at the process, which the agent
//! must in order to say who asks for a token.
void forbidCoreDumps();

//! What this process makes on the disk is for its user alone, however the session is set up. Not
//! for a program that becomes another one of the user's.
void keepFilesPrivate();

//! Keeps the process from all other programs of the user: no core dump, no debugger, no look at its
//! memory or its environment. What they had opened before stays open: see workInClosedChild().
void hardenProcess();

} // namespace latchkey
