// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Why the vault failed: one value for each thing that a person can do about it.
enum class StoreError {
    // The keychain, and the key in it.
    Unavailable, //!< no keychain answers
    Locked, //!< it is locked, and Latchkey does not ask again by itself
    Denied, //!< a person dismissed its question, or said no
    Slow, //!< it was asked, and has not answered yet
    Elsewhere, //!< the keychain or database that is open is not the one that holds the key
    KeyMissing, //!< the keychain that held the key answers, but the key is gone
    // The sealed files.
    DiskFull,
    NotWritable, //!< the folder or the file cannot be made, written or read
    Damaged, //!< the file is not what was written for this account with this key; it was put aside
};

} // namespace latchkey
