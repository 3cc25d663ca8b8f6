// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/foldertrip.h"

#include "platform/diskfiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <sys/syscall.h>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

bool isDiskFull = false;

FolderTrip throughFolder(const QString &folder)
{
    return tripTo(freshPath(folder), *diskFiles());
}

} // namespace

//! Replaces the C library's write(), so that the test needs no full disk.
extern "C" ssize_t write(int file, const void *data, size_t size)
{
    if (isDiskFull && file > STDERR_FILENO) {
        errno = ENOSPC;
        return -1;
    }
    return syscall(SYS_write, file, data, size);
}

class TestFolderTrip final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackAndLeavesNothing();
    void makesItsFolder();
    void fileInTheFoldersPlaceIsToldAsNotWritable();
    void readOnlyFolderIsToldAsNotWritable();
    void fullDiskIsToldAsFull();
};

void TestFolderTrip::comesBackAndLeavesNothing()
{
    const QTemporaryDir folder;
    for (int round = 0; round < 3; ++round) {
        const FolderTrip trip = throughFolder(folder.path());
        QVERIFY(!trip.problem);
        QVERIFY(trip.isSame);
        QCOMPARE(trip.bytes, 8192);
    }
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestFolderTrip::makesItsFolder()
{
    const QTemporaryDir folder;
    QVERIFY(!throughFolder(folder.filePath(u"a/b"_s)).problem);
}

void TestFolderTrip::fileInTheFoldersPlaceIsToldAsNotWritable()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(throughFolder(file.fileName()).problem, StoreError::NotWritable);
}

void TestFolderTrip::readOnlyFolderIsToldAsNotWritable()
{
    const QString folder = u"/proc/self"_s; // not even root can make a file there
    QCOMPARE(throughFolder(folder).problem, StoreError::NotWritable);
}

void TestFolderTrip::fullDiskIsToldAsFull()
{
    const QTemporaryDir folder;
    isDiskFull = true;
    const FolderTrip trip = throughFolder(folder.path());
    isDiskFull = false;
    QCOMPARE(trip.problem, StoreError::DiskFull);
    QCOMPARE(trip.bytes, 0);
    QVERIFY(QDir(folder.path()).isEmpty());
    QVERIFY(!throughFolder(folder.path()).problem);
}

QTEST_GUILESS_MAIN(TestFolderTrip)
#include "tst_foldertrip.moc"
