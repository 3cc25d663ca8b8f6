// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

// Files that are read and written as a whole, for their owner alone.

//! No file of ours comes near; a longer one is damaged.
inline constexpr qint64 longestFile = qint64{8} * 1024 * 1024;

//! Nothing when there is none, or when it cannot be read, or is longer than any file of ours;
//! whatever else stands in its place, such as a pipe, is left alone.
[[nodiscard]] std::optional<QByteArray> readWhole(const QString &path);

//! The same for logs, of which the last lines are read, where they are too long.
[[nodiscard]] std::optional<QByteArray> readEnd(const QString &path, qint64 most = longestFile);

//! A file, and no link to one: what is appended goes nowhere else.
[[nodiscard]] bool isPlainFile(const QString &path);

//! Makes its folder if need be. Who reads it meanwhile sees the old text or the new one, and so
//! does whoever comes after a crash or a full disk. A link is replaced, and not followed. What
//! would be too long to be read again is not written. The error says, for the log, what went wrong.
[[nodiscard]] std::optional<QString> writeWhole(const QString &path, const QByteArray &text);

//! The same for logs: a crash of the program changes nothing, but after a power cut the old text
//! may be back. Never waits for the disk.
[[nodiscard]] std::optional<QString> writeWholeWithoutSync(
    const QString &path, const QByteArray &text);

//! A name that nobody has yet for what is damaged there: `NAME.damaged`, or `NAME.damaged-2` and so
//! on.
[[nodiscard]] QString freeNameAside(const QString &path);

//! Copies what could not be understood to `NAME.damaged`, or `NAME.damaged-2` and so on, and
//! returns where. What readWhole() does not read is renamed instead.
QString putAside(const QString &path);

} // namespace latchkey
