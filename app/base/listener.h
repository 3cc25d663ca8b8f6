// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Who hears what is sent to a port of this computer, or over a connection to one.
enum class Listener {
    Ours, //!< a program of our own user's, or of root's
    Anothers, //!< another user's
    Nobody,
    Unknown, //!< the system does not say
};

} // namespace latchkey
