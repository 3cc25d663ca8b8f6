// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/foldertrip.h"

#include <QRandomGenerator>

#include <atomic>
#include <chrono>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! As long as a large token set, and just as hard to compress.
QByteArray randomText()
{
    constexpr qsizetype size = 8192;
    QByteArray text(size, Qt::Uninitialized);
    for (char &letter : text)
        letter = char('a' + QRandomGenerator::global()->bounded(26));
    return text;
}

} // namespace

QString freshPath(const QString &folder)
{
    static std::atomic<int> count = 0;
    return folder + u"/check-%1"_s.arg(++count);
}

FolderTrip tripTo(const QString &path, DurableFiles &files)
{
    const auto start = std::chrono::steady_clock::now();
    const QByteArray text = randomText();
    FolderTrip trip;
    trip.problem = files.replace(path, text);
    if (trip.problem)
        return trip;
    trip.bytes = text.size();
    const DurableFiles::Content back = files.read(path);
    trip.isSame = back && back.value() == text;
    trip.problem = files.remove(path);
    if (!trip.isSame)
        trip.problem = StoreError::NotWritable;
    trip.duration =
        std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
    return trip;
}

} // namespace latchkey
