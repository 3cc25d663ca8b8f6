// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "vault/storeerror.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

//! Port to small files that only their owner can read, and that are whole after a crash at any
//! moment. Paths are absolute. Every call blocks until the disk has answered; calls may come from
//! any thread.
class DurableFiles {
public:
    DurableFiles() = default;
    virtual ~DurableFiles() = default;
    Q_DISABLE_COPY_MOVE(DurableFiles)

    using Content = Result<std::optional<QByteArray>, StoreError>;
    //! Nothing if there is no such file. Anything that cannot be a file of ours, such as a pipe, a
    //! folder or a file that is far too long, reads as an empty file, which counts as damaged.
    [[nodiscard]] virtual Content read(const QString &path) = 0;
    //! Makes the folder if needed; refuses content that read() would take for damaged. If it
    //! returns without an error, the new file survives a power cut. If it returns an error, either
    //! the old file or the whole new one is there.
    [[nodiscard]] virtual std::optional<StoreError> replace(
        const QString &path, const QByteArray &bytes) = 0;
    //! Succeeds if there is no such file.
    [[nodiscard]] virtual std::optional<StoreError> remove(const QString &path) = 0;
    //! Renames a damaged file to `NAME.damaged`, or `NAME.damaged-2` and so on.
    [[nodiscard]] virtual std::optional<StoreError> putAside(const QString &path) = 0;
};

} // namespace latchkey
