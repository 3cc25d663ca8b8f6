// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/kernellock.h"

#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

//! The kernel's own locks. What they are for, between processes: tests/e2e/test_start.py.
class TestKernelLock final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void oneHoldsItAtATime();
    void theHolderLeavesWord();
    void aShorterWordReplacesALongerOne();
    void theFileStays();
    void aChildDoesNotInheritIt();
    void whatCannotBeWrittenIsLockedAllTheSame();
    void whereThereIsNoFolderItIsImpossible();
    void aLinkIsNotFollowed();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestKernelLock::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"lock"_s);
}

void TestKernelLock::oneHoldsItAtATime()
{
    KernelLock second;
    {
        KernelLock first;
        QCOMPARE(first.take(m_path), KernelLock::Result::Taken);
        QCOMPARE(second.take(m_path), KernelLock::Result::Held);
    }
    QCOMPARE(second.take(m_path), KernelLock::Result::Taken);
}

void TestKernelLock::theHolderLeavesWord()
{
    KernelLock first;
    QCOMPARE(first.take(m_path), KernelLock::Result::Taken);
    first.leaveWord("here I am\n");
    KernelLock second;
    QCOMPARE(second.take(m_path), KernelLock::Result::Held);
    QCOMPARE(second.word(), "here I am\n"_ba);
}

void TestKernelLock::aShorterWordReplacesALongerOne()
{
    KernelLock lock;
    QCOMPARE(lock.take(m_path), KernelLock::Result::Taken);
    lock.leaveWord("here I am\n");
    lock.leaveWord("gone\n");
    QCOMPARE(lock.word(), "gone\n"_ba);
}

void TestKernelLock::theFileStays()
{
    {
        KernelLock lock;
        QCOMPARE(lock.take(m_path), KernelLock::Result::Taken);
    }
    QVERIFY(QFile::exists(m_path));
    const auto owner = QFile::ReadOwner | QFile::WriteOwner;
    QCOMPARE(QFile::permissions(m_path) & ~(QFile::ReadUser | QFile::WriteUser), owner);
}

void TestKernelLock::aChildDoesNotInheritIt()
{
    QProcess child;
    {
        KernelLock lock;
        QCOMPARE(lock.take(m_path), KernelLock::Result::Taken);
        child.start(u"cat"_s);
        QTRY_COMPARE(child.state(), QProcess::Running);
    }
    KernelLock next;
    QCOMPARE(next.take(m_path), KernelLock::Result::Taken);
    child.closeWriteChannel();
    QTRY_COMPARE(child.state(), QProcess::NotRunning);
}

//! As on a disk that is mounted for reading only; nobody can open a folder for writing.
void TestKernelLock::whatCannotBeWrittenIsLockedAllTheSame()
{
    QVERIFY(QDir().mkdir(m_path));
    KernelLock first;
    QCOMPARE(first.take(m_path), KernelLock::Result::Taken);
    first.leaveWord("lost");
    QCOMPARE(first.word(), QByteArray());
    KernelLock second;
    QCOMPARE(second.take(m_path), KernelLock::Result::Held);
}

void TestKernelLock::whereThereIsNoFolderItIsImpossible()
{
    KernelLock lock;
    QCOMPARE(lock.take(m_folder->filePath(u"none/lock"_s)), KernelLock::Result::Impossible);
    QVERIFY(!lock.problem().isEmpty());
    lock.leaveWord("lost");
    QCOMPARE(lock.word(), QByteArray());
}

void TestKernelLock::aLinkIsNotFollowed()
{
    QVERIFY(QFile::link(m_folder->filePath(u"elsewhere"_s), m_path));
    KernelLock lock;
    QCOMPARE(lock.take(m_path), KernelLock::Result::Impossible);
    QVERIFY(!QFile::exists(m_folder->filePath(u"elsewhere"_s)));
}

QTEST_GUILESS_MAIN(TestKernelLock)
#include "tst_kernellock.moc"
