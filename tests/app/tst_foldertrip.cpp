// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/foldertrip.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

//! In a home on a disk that support/with-small-disk.sh has mounted, where that is permitted.
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
        const FolderTrip trip = tripThrough(folder.path());
        QVERIFY(!trip.problem);
        QVERIFY(trip.isSame);
        QCOMPARE(trip.bytes, 8192);
    }
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestFolderTrip::makesItsFolder()
{
    const QTemporaryDir folder;
    QVERIFY(!tripThrough(folder.filePath(u"a/b"_s)).problem);
}

void TestFolderTrip::fileInTheFoldersPlaceIsToldAsNotWritable()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(tripThrough(file.fileName()).problem, StoreError::NotWritable);
}

void TestFolderTrip::readOnlyFolderIsToldAsNotWritable()
{
    const QString folder = u"/proc/self"_s; // root, too, makes no file there
    QCOMPARE(tripThrough(folder).problem, StoreError::NotWritable);
}

void TestFolderTrip::fullDiskIsToldAsFull()
{
    const QString disk = qEnvironmentVariable("LATCHKEY_SMALL_DISK");
    if (disk.isEmpty())
        QSKIP("No disk can be mounted here");
    QVERIFY(!tripThrough(disk).problem);
    QFile filler(disk + u"/filler"_s);
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (filler.write(QByteArray(4096, 'x')) > 0) { }
    QCOMPARE(tripThrough(disk).problem, StoreError::DiskFull);
    QCOMPARE(QDir(disk).entryList(QDir::Files | QDir::Hidden), QStringList(u"filler"_s));
}

QTEST_GUILESS_MAIN(TestFolderTrip)
#include "tst_foldertrip.moc"
