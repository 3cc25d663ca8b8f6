// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Raises the number of files and connections that this process may have open, as far as the
//! system lets us and it is of use, and returns it.
int raiseOpenFileLimit();

} // namespace latchkey
