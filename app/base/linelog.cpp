// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/linelog.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace latchkey {

LineLog::LineLog(QString path, qsizetype mostLines, qint64 longest)
    : m_path(std::move(path))
    , m_mostLines(mostLines)
    , m_longest(longest)
{
}

std::optional<QByteArrayList> LineLog::read()
{
    const auto text = readEnd(m_path, m_longest);
    if (!text)
        return {};
    QByteArrayList lines = text->split('\n');
    m_isWhole = lines.takeLast().isEmpty();
    m_lines = lines.size();
    return lines;
}

bool LineLog::append(const QByteArray &lines)
{
    m_lines += lines.count('\n');
    const QFileInfo there(m_path);
    const bool isPlain = there.isFile() && !there.isSymLink(); // what is appended goes nowhere else
    const bool isFull = m_lines > m_mostLines || there.size() + lines.size() > m_longest;
    if (!m_isWhole || !isPlain || isFull)
        return false;
    QFile file(m_path);
    m_isWhole = file.open(QFile::Append | QFile::ExistingOnly | QFile::Unbuffered)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(lines) == lines.size();
    return m_isWhole;
}

std::optional<QString> LineLog::replace(const QByteArray &lines)
{
    const QString folder = QFileInfo(m_path).path();
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto error = writeWholeWithoutSync(m_path, lines);
    m_isWhole = !error;
    m_lines = lines.count('\n');
    return error;
}

void LineLog::remove()
{
    QFile::remove(m_path);
}

} // namespace latchkey
