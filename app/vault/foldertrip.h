// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "vault/storeerror.h"

#include <QString>

#include <optional>

namespace latchkey {

//! What became of a throw-away file that was written into a folder, synced, read back, compared
//! and removed.
struct FolderTrip {
    //! DiskFull or NotWritable.
    std::optional<StoreError> problem;
    bool isSame = false;
    qsizetype bytes = 0;
    Milliseconds duration{};
};

//! Makes the folder if need be. A disk may take its time: not for the thread of the windows.
[[nodiscard]] FolderTrip tripThrough(const QString &folder);

} // namespace latchkey
