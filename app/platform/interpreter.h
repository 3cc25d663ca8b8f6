// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

namespace latchkey {

// Interpreters are known by the names of their files, whatever the version: `python3.11`.

[[nodiscard]] bool isInterpreter(const QString &file);
//! One that people type commands into, such as `bash`.
[[nodiscard]] bool isShell(const QString &file);

//! The script that an interpreter was told to run by its \a arguments, of which the first is its
//! own name; relative to \a folder, if it is a relative path. Empty if that is no interpreter, or
//! if it reads its commands from elsewhere.
[[nodiscard]] QString scriptIn(
    const QString &file, const QStringList &arguments, const QString &folder);

//! The same for the process \a pid, which runs \a file. It tells this itself, and may say anything;
//! whoever controls its memory can also have this wait, so ask only for programs of the user's own.
[[nodiscard]] QString scriptOf(qint64 pid, const QString &file);

} // namespace latchkey
