// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! Why the vault did not do what it was asked: one for each thing that a person can do about it.
enum class StoreError {
    // The keychain, and the key in it.
    Unavailable, //!< no keychain answers
    Locked, //!< it is locked, and nobody is asked again by itself
    Denied, //!< a person dismissed its question, or said no
    Slow, //!< it was asked, and has not answered yet
    Elsewhere, //!< another keychain or database is open than the one that holds the key
    KeyMissing, //!< the one that holds the key answers, and the key is gone from it
    // The sealed files.
    DiskFull,
    NotWritable, //!< the folder or the file cannot be made, written or read
    Damaged, //!< the file is not what was written for this account with this key; it was put aside
};

} // namespace latchkey
