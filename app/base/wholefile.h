// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

// Files that are read and written as a whole, for their owner alone.

//! Nothing when there is none, or when it cannot be read; whatever else stands in its place, such
//! as a pipe, is left alone.
[[nodiscard]] std::optional<QByteArray> readWhole(const QString &path);

//! Makes its folder if need be. Who reads it meanwhile sees the old text or the new one, and so
//! does whoever comes after a crash or a full disk. The error says, for the log, what went wrong.
[[nodiscard]] std::optional<QString> writeWhole(const QString &path, const QByteArray &text);

//! The same for logs: a crash of the program changes nothing, but after a power cut the old text
//! may be back. Never waits for the disk.
[[nodiscard]] std::optional<QString> writeWholeWithoutSync(
    const QString &path, const QByteArray &text);

//! A name that nobody has yet for what is damaged there: `NAME.damaged`, or `NAME.damaged-2` and so
//! on.
[[nodiscard]] QString freeNameAside(const QString &path);

//! Copies what could not be understood to `NAME.damaged`, or `NAME.damaged-2` and so on, and
//! returns where.
QString putAside(const QString &path);

} // namespace latchkey
