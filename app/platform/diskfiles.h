// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/durablefiles.h"

#include <memory>

namespace latchkey {

//! Files on this computer's disk. A new file is written beside the old one, synced, read back and
//! compared, because disks have been seen to cut files short without an error. Then it is renamed
//! to replace the old one, and the folder is synced.
[[nodiscard]] std::unique_ptr<DurableFiles> diskFiles();

} // namespace latchkey
