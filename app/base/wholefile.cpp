// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <filesystem>

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

std::optional<QString> writeWholeWithoutSync(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path + u".new"_s);
    std::error_code error;
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text) == text.size() && file.flush()) {
        file.close();
        // Qt's own rename() does not replace.
        std::filesystem::rename(
            QFileInfo(file).filesystemFilePath(), QFileInfo(path).filesystemFilePath(), error);
        return error ? std::optional(QString::fromStdString(error.message())) : std::nullopt;
    }
    file.remove();
    return file.errorString();
}

QString freeNameAside(const QString &path)
{
    const QString base = path + u".damaged"_s;
    QString aside = base;
    for (int n = 2; QFile::exists(aside); ++n)
        aside = base + u'-' + QString::number(n);
    return aside;
}

QString putAside(const QString &path)
{
    QString aside = freeNameAside(path);
    QFile::copy(path, aside);
    return aside;
}

} // namespace latchkey
