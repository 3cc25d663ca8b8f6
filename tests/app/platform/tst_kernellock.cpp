// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/kernellock.h"
#include "platform/processend.h"

#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! The kernel's own locks. Their use between processes is tested in tests/e2e/test_start.py.
class TestKernelLock final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void oneHoldsItAtATime();
    void theHolderLeavesWord();
    void aShorterWordReplacesALongerOne();
    void theFileStays();
    void aChildDoesNotInheritIt();
    void itsHolderIsTold();
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

void TestKernelLock::itsHolderIsTold()
{
    std::array<int, 2> order{};
    std::array<int, 2> answer{};
    QCOMPARE(pipe(order.data()), 0);
    QCOMPARE(pipe(answer.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(order[1]);
        KernelLock held;
        char byte = held.take(m_path) == KernelLock::Result::Taken ? 'y' : 'n';
        const bool isDone =
            write(answer[1], &byte, 1) == 1 && read(order[0], &byte, 1) == 0; // until we hang up
        _exit(isDone ? 0 : 1);
    }
    char byte = 0;
    QCOMPARE(read(answer[0], &byte, 1), 1);
    QCOMPARE(byte, 'y');
    KernelLock lock;
    QCOMPARE(lock.take(m_path), KernelLock::Result::Held);
    QVERIFY(!hasEnded(child));
    for (const int end : {order[0], order[1], answer[0], answer[1]})
        close(end);
    QVERIFY(hasEnded(child, 30s)); // even before anybody has waited for it
    QCOMPARE(lock.take(m_path), KernelLock::Result::Taken);
    QCOMPARE(waitpid(child, nullptr, 0), child);
    QVERIFY(hasEnded(child));
    QVERIFY(!hasEnded(0));
}

//! As on a disk that is mounted read-only. A folder stands in for it: nobody can open one for
//! writing.
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
