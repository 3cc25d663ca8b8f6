// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! QtKeychain reaches the Secret Service through libsecret, which keeps one session with it for
//! the whole program, and goes on using that when the daemon behind the name was replaced: each
//! later call fails. From here on, the next job opens a new one.
void dropSecretServiceSession();

} // namespace latchkey
