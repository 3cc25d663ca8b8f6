// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "vault/durablefiles.h"

#include <QString>

#include <optional>

namespace latchkey {

//! What became of a test file that was written to a folder as the vault writes its files, then read
//! back, compared and removed.
struct FolderTrip {
    //! DiskFull or NotWritable.
    std::optional<StoreError> problem;
    bool isSame = false;
    qsizetype bytes = 0;
    Milliseconds duration{};
};

//! Two trips at the same time use different files; a file that a crash left behind is overwritten
//! by a later trip.
[[nodiscard]] QString freshPath(const QString &folder);
//! Blocks for as long as the disk takes, so it must not run on the thread of the windows.
[[nodiscard]] FolderTrip tripTo(const QString &path, DurableFiles &files);

} // namespace latchkey
