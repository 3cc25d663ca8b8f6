// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/foldertrip.h"

#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

#include <atomic>
#include <cerrno>
#include <chrono>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! Two examinations at once do not meet; what a crash leaves behind is overwritten by the next.
QString freshPath(const QString &folder)
{
    static std::atomic<int> count = 0;
    return folder + u"/check-%1"_s.arg(++count);
}

//! As much as a large token set, and as hard to press.
QByteArray randomText()
{
    constexpr qsizetype size = 8192;
    QByteArray text(size, Qt::Uninitialized);
    for (char &letter : text)
        letter = char('a' + QRandomGenerator::global()->bounded(26));
    return text;
}

std::optional<StoreError> write(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    errno = 0;
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush()
        && file.commit())
        return {};
    const bool isFull = errno == ENOSPC || file.error() == QFileDevice::ResourceError;
    return isFull ? StoreError::DiskFull : StoreError::NotWritable;
}

} // namespace

FolderTrip tripThrough(const QString &folder)
{
    const auto start = std::chrono::steady_clock::now();
    const QString path = freshPath(folder);
    const QByteArray text = randomText();
    QDir().mkpath(folder);
    FolderTrip trip;
    trip.problem = write(path, text);
    if (trip.problem)
        return trip;
    trip.bytes = text.size();
    trip.isSame = readWhole(path) == text;
    if (!QFile::remove(path) || !trip.isSame)
        trip.problem = StoreError::NotWritable;
    trip.duration =
        std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
    return trip;
}

} // namespace latchkey
