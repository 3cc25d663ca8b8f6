// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Raises the number of files and connections that this process may have open, as far as the system
//! allows and it is useful. Returns the new limit.
int raiseOpenFileLimit();

} // namespace latchkey
