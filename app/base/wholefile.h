// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

class QJsonObject;

namespace latchkey {

// Files that are read and written as a whole, and that only their owner can read.

//! In bytes. No file of ours comes near it, so a longer one is damaged.
inline constexpr qint64 longestFile = qint64{8} * 1024 * 1024;

//! The file's content. Nothing when there is no file, when it cannot be read or is too long, or
//! when something else is in its place, such as a pipe, which is not even opened.
[[nodiscard]] std::optional<QByteArray> readWhole(const QString &path);

//! The same for logs: of a longer one than \a most bytes only the last whole lines are read.
[[nodiscard]] std::optional<QByteArray> readEnd(const QString &path, qint64 most = longestFile);

//! Writes the file, and makes its folder if need be. Whoever reads it, at the same time or after a
//! crash or a full disk, finds either the old text or the new one. A link in its place is replaced,
//! not followed. A text longer than `longestFile` is not written. Returns, for the log, what went
//! wrong, and nothing when all is well.
[[nodiscard]] std::optional<QString> writeWhole(const QString &path, const QByteArray &text);

//! The same for logs, without waiting for the disk: a crash of the program does no harm, but after
//! a power cut the old text may be back.
[[nodiscard]] std::optional<QString> writeWholeWithoutSync(
    const QString &path, const QByteArray &text);

//! A path that is still free for a damaged file to be kept at: `NAME.damaged`, else
//! `NAME.damaged-2` and so on.
[[nodiscard]] QString freeNameAside(const QString &path);

//! Copies a file that could not be understood to freeNameAside(), and returns that path. What
//! readWhole() cannot read is renamed instead.
QString putAside(const QString &path);

//! Reads a JSON object from a file and gives the objects of its list \a name to \a take, in order;
//! \a take says whether it understands one. If it does not, or if there is no such list, the file
//! is put aside before anything can overwrite it, and the path of the copy is returned. A missing
//! file is an empty list.
[[nodiscard]] std::optional<QString> readList(const QString &path, QLatin1StringView name,
    const std::function<bool(const QJsonObject &)> &take);

} // namespace latchkey
