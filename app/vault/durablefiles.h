// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "vault/storeerror.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

//! Port to small files, for their owner alone, that are whole after a crash at any instant. Paths
//! are absolute. All calls block until the disk has answered, and may come from any thread.
class DurableFiles {
public:
    DurableFiles() = default;
    virtual ~DurableFiles() = default;
    Q_DISABLE_COPY_MOVE(DurableFiles)

    using Content = Result<std::optional<QByteArray>, StoreError>;
    //! Nothing where there is no such file. Whatever is no file of ours – a pipe, a folder, or far
    //! too long – reads as an empty one, which is damaged.
    [[nodiscard]] virtual Content read(const QString &path) = 0;
    //! Makes the folder if need be; refuses what read() would take for damaged. When it returns
    //! without an error, the new file will be there after a power cut, too; with one, the old file
    //! still is, or the new one as a whole.
    [[nodiscard]] virtual std::optional<StoreError> replace(
        const QString &path, const QByteArray &bytes) = 0;
    //! Fine where there is none.
    [[nodiscard]] virtual std::optional<StoreError> remove(const QString &path) = 0;
    //! Renames what is damaged to `NAME.damaged`, or `NAME.damaged-2` and so on.
    [[nodiscard]] virtual std::optional<StoreError> putAside(const QString &path) = 0;
};

} // namespace latchkey
