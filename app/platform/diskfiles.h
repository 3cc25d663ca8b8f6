// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/durablefiles.h"

#include <memory>

namespace latchkey {

//! Files on this computer's disk. A new one is written beside the old one, synced, read back and
//! compared, because disks have been seen to cut short without a word; then it takes the old one's
//! name, and the folder is synced.
[[nodiscard]] std::unique_ptr<DurableFiles> diskFiles();

} // namespace latchkey
