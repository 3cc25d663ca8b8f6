// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <functional>

#include <sys/stat.h>

namespace latchkey::test {

// What may stand in the place of a file of ours.

inline bool makePipe(const QString &path)
{
    return mkfifo(QFile::encodeName(path).constData(), S_IRWXU) == 0;
}

//! False where it could not be put there.
using MakeMisplaced = std::function<bool(const QString &path)>;

//! Rows with a column `make`: what is no regular file, or longer than any of ours.
inline void misplacedRows()
{
    QTest::addColumn<MakeMisplaced>("make");

    QTest::newRow("a pipe") << MakeMisplaced(makePipe);
    QTest::newRow("a folder") << MakeMisplaced(
        [](const QString &path) { return QDir().mkpath(path); });
    QTest::newRow("far too long") << MakeMisplaced([](const QString &path) {
        QFile file(path);
        return file.open(QFile::WriteOnly) && file.resize(100 * longestFile);
    });
}

//! Rows with a column `target`: a link to that, relative to a folder where only `there` is, or a
//! pipe where it is empty.
inline void linkOrPipeRows()
{
    QTest::addColumn<QString>("target");

    QTest::newRow("a link") << QStringLiteral("there");
    QTest::newRow("a link to nothing") << QStringLiteral("nowhere");
    QTest::newRow("a link to a device") << QStringLiteral("/dev/null");
    QTest::newRow("a pipe") << QString();
}

//! One of these; \a folder is where `there` is.
inline bool putLinkOrPipe(const QString &path, const QDir &folder, const QString &target)
{
    return target.isEmpty() ? makePipe(path) : QFile::link(folder.absoluteFilePath(target), path);
}

} // namespace latchkey::test
