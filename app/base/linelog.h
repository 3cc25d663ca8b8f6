// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/wholefile.h"

#include <QByteArrayList>

namespace latchkey {

//! A log in a file for its owner alone, one entry a line, which does not grow for ever: where more
//! than `mostLines` or `longest` bytes would be in it, it is replaced by what its owner still
//! remembers. So is one that ends in the midst of a line, is gone, or is no plain file. Never waits
//! for the disk.
class LineLog {
public:
    LineLog(QString path, qsizetype mostLines, qint64 longest = longestFile);

    //! The last lines, as many as make `longest` bytes, oldest first; those that a crash spoilt are
    //! among them. Nothing where there is no file. To be called before the others.
    [[nodiscard]] std::optional<QByteArrayList> read();
    //! Adds \a lines, each with its line end. False where replace() has to follow.
    [[nodiscard]] bool append(const QByteArray &lines);
    //! Makes the folder, too, for its owner alone. The error says, for the log, what went wrong;
    //! then append() tries nothing until it has gone well.
    [[nodiscard]] std::optional<QString> replace(const QByteArray &lines);
    void remove();

private:
    QString m_path;
    qsizetype m_mostLines;
    qint64 m_longest;
    qsizetype m_lines = 0;
    //! What is there ends with a line.
    bool m_isWhole = true;
};

} // namespace latchkey
