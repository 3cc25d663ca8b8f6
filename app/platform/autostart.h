// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Whether Latchkey starts when the user signs in to the computer. On Linux this is an XDG
//! autostart entry with our id in the user's own configuration.
[[nodiscard]] bool isAutostartEnabled();
//! Returns false if the disk refuses.
bool setAutostartEnabled(bool enabled);

} // namespace latchkey
