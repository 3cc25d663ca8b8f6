// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! QFile::rename() does not replace a file.
std::optional<QString> renamed(const QString &from, const QString &to)
{
    std::error_code error;
    std::filesystem::rename(
        QFileInfo(from).filesystemFilePath(), QFileInfo(to).filesystemFilePath(), error);
    return error ? std::optional(QString::fromStdString(error.message())) : std::nullopt;
}

//! Removes what a crash has left there, or a link that somebody has put there.
QString freshPathFor(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QString fresh = path + u".new"_s;
    QFile::remove(fresh);
    return fresh;
}

std::optional<QString> putInPlace(const QString &fresh, const QString &path)
{
    auto error = renamed(fresh, path);
    if (error)
        QFile::remove(fresh);
    return error;
}

} // namespace

std::optional<QByteArray> readWhole(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    const qint64 size = file.size();
    return size <= longestFile ? std::optional(file.read(size)) : std::nullopt;
}

std::optional<QByteArray> readEnd(const QString &path, qint64 most)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    const qint64 size = file.size();
    if (size <= most)
        return file.read(size);
    file.seek(size - most);
    const QByteArray text = file.read(most);
    const qsizetype end = text.indexOf('\n'); // of the line that is cut
    return end < 0 ? QByteArray() : text.sliced(end + 1);
}

std::optional<QString> writeWhole(const QString &path, const QByteArray &text)
{
    if (text.size() > longestFile)
        return u"it would be too long to be read again"_s;
    const QString fresh = freshPathFor(path);
    QSaveFile file(fresh);
    // commit() alone would put a file in place whose text did not fit on the disk.
    if (file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text) == text.size() && file.flush() && file.commit())
        return putInPlace(fresh, path);
    return file.errorString();
}

std::optional<QString> writeWholeWithoutSync(const QString &path, const QByteArray &text)
{
    QFile file(freshPathFor(path));
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text) == text.size() && file.flush()) {
        file.close();
        return putInPlace(file.fileName(), path);
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
    if (const auto text = readWhole(path))
        static_cast<void>(writeWhole(aside, *text));
    else
        static_cast<void>(renamed(path, aside));
    return aside;
}

std::optional<QString> readList(const QString &path, QLatin1StringView name,
    const std::function<bool(const QJsonObject &)> &take)
{
    if (!QFile::exists(path))
        return {};
    const auto document = QJsonDocument::fromJson(readWhole(path).value_or(QByteArray()));
    const QJsonValue list = document.object().value(name);
    bool isWhole = list.isArray();
    for (const QJsonValue &entry : list.toArray())
        isWhole = take(entry.toObject()) && isWhole;
    return isWhole ? std::nullopt : std::optional(putAside(path));
}

} // namespace latchkey
