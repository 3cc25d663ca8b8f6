// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Does Latchkey start when the user signs in to the computer? On Linux an XDG autostart entry
//! of our id in the user's own configuration.
[[nodiscard]] bool isAutostartEnabled();
//! False when the disk refuses.
bool setAutostartEnabled(bool enabled);

} // namespace latchkey
