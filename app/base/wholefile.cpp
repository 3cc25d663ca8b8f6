// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace latchkey {

std::optional<QByteArray> readWhole(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

std::optional<QString> writeWhole(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    // commit() alone would put a file in place whose text did not fit on the disk.
    if (file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text) == text.size() && file.flush() && file.commit())
        return {};
    return file.errorString();
}

QString putAside(const QString &path)
{
    const QString base = path + u".damaged"_s;
    QString aside = base;
    for (int n = 2; QFile::exists(aside); ++n)
        aside = base + u'-' + QString::number(n);
    QFile::copy(path, aside);
    return aside;
}

} // namespace latchkey
