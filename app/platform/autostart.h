// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

// Whether Latchkey starts when the user signs in to the computer. On Linux this is an XDG autostart
// entry with our id, in the user's own configuration or, where that has none, in the computer's.

//! What the desktop will do: an entry may also be switched off, or be for others.
[[nodiscard]] bool isAutostartEnabled();
//! Returns false if the disk refuses.
bool setAutostartEnabled(bool enabled);

//! Why it is not enabled although there is an entry, or cannot be changed.
enum class AutostartObstacle {
    None,
    OtherDesktops, //!< the entry is not for this one
    ProgramMissing, //!< the entry names a program that is not there
    NotWritable,
};
[[nodiscard]] AutostartObstacle autostartObstacle();

//! Where the user's own entry would start a program that is gone, such as a Latchkey that was moved
//! or updated, it starts this one from now on. Whatever else is in it stays. As long as its program
//! is there, so does the entry: that this Latchkey was started once does not make it the one.
void repairAutostart();

} // namespace latchkey
