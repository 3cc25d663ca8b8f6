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

// Things that may be where one of our files should be.

inline bool makePipe(const QString &path)
{
    return mkfifo(QFile::encodeName(path).constData(), S_IRWXU) == 0;
}

//! False if it could not be made there.
using MakeMisplaced = std::function<bool(const QString &path)>;

//! Rows with a column `make`: anything that is not a regular file, or longer than any of ours.
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

//! Rows with a column `target`: the target of a link, relative to a folder that contains only
//! `there`, or empty for a pipe.
inline void linkOrPipeRows()
{
    QTest::addColumn<QString>("target");

    QTest::newRow("a link") << QStringLiteral("there");
    QTest::newRow("a link to nothing") << QStringLiteral("nowhere");
    QTest::newRow("a link to a device") << QStringLiteral("/dev/null");
    QTest::newRow("a pipe") << QString();
}

//! Makes one of these; \a folder is the folder that contains `there`.
inline bool putLinkOrPipe(const QString &path, const QDir &folder, const QString &target)
{
    return target.isEmpty() ? makePipe(path) : QFile::link(folder.absoluteFilePath(target), path);
}

} // namespace latchkey::test
