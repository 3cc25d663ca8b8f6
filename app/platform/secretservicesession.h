// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Has the next job open a new session with the Secret Service. QtKeychain uses libsecret, which
//! keeps one session for the whole program, even after the daemon has been replaced; then every
//! later call fails.
void dropSecretServiceSession();

} // namespace latchkey
