// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "vault/durablefiles.h"

#include <QString>

#include <optional>

namespace latchkey {

//! What became of a throw-away file that was kept in a folder as the vault keeps its own, read
//! back, compared and removed.
struct FolderTrip {
    //! DiskFull or NotWritable.
    std::optional<StoreError> problem;
    bool isSame = false;
    qsizetype bytes = 0;
    Milliseconds duration{};
};

//! Two trips at once do not meet; what a crash leaves behind is overwritten by a later one.
[[nodiscard]] QString freshPath(const QString &folder);
//! As long as the disk takes: not for the thread of the windows.
[[nodiscard]] FolderTrip tripTo(const QString &path, DurableFiles &files);

} // namespace latchkey
