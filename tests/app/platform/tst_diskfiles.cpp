// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/diskfiles.h"

#include "base/wholefile.h"
#include "support/misplaced.h"
#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

//! A real disk. What happens in a crash is tested by killing.py.
class TestDiskFiles final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void newReplacesOld();
    void isForItsOwnerAlone();
    void missingIsNothing();
    void foldersAreMade();
    void vanishedFolderIsMadeAgain();
    void leftoversDoNotMatter();
    void linksAreNotFollowed();
    void whatIsNoFileReadsAsADamagedOne_data();
    void whatIsNoFileReadsAsADamagedOne();
    void whatDoesNotFitLeavesTheOldOne();
    void whatWouldNotBeReadIsNotWritten();
    void noFolderIsToldAsSuch();
    void removes();
    void putsAsideUnderANewName();

private:
    [[nodiscard]] QString path(const QString &name = u"a/prod.sealed"_s) const
    {
        return m_folder->filePath(name);
    }
    [[nodiscard]] QByteArray content(const QString &name = u"a/prod.sealed"_s) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    const std::unique_ptr<DurableFiles> m_files = diskFiles();
};

void TestDiskFiles::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
}

QByteArray TestDiskFiles::content(const QString &name) const
{
    const auto read = m_files->read(path(name));
    return read && read.value() ? *read.value() : QByteArray("no file");
}

void TestDiskFiles::newReplacesOld()
{
    QVERIFY(!m_files->replace(path(), "old"));
    QCOMPARE(content(), "old");
    const QByteArray large(300000, 'n');
    QVERIFY(!m_files->replace(path(), large));
    QCOMPARE(content(), large);
    QCOMPARE(QDir(path(u"a"_s)).entryList(QDir::Files), QStringList(u"prod.sealed"_s));
}

void TestDiskFiles::isForItsOwnerAlone()
{
    const mode_t before = umask(0);
    QVERIFY(!m_files->replace(path(), "text"));
    umask(before);
    struct stat info{};
    QCOMPARE(stat(qPrintable(path()), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0600U);
    QCOMPARE(stat(qPrintable(path(u"a"_s)), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0700U);
}

void TestDiskFiles::missingIsNothing()
{
    const auto read = m_files->read(path());
    QVERIFY(read);
    QVERIFY(!read.value());
}

void TestDiskFiles::foldersAreMade()
{
    QVERIFY(!m_files->replace(path(u"x/y/z/file"_s), "text"));
    QCOMPARE(content(u"x/y/z/file"_s), "text");
}

void TestDiskFiles::vanishedFolderIsMadeAgain()
{
    QVERIFY(!m_files->replace(path(), "old"));
    QVERIFY(QDir(path(u"a"_s)).removeRecursively());
    QVERIFY(!m_files->remove(path()));
    QVERIFY(!m_files->replace(path(), "new"));
    QCOMPARE(content(), "new");
}

// A crash has left half of a new file.
void TestDiskFiles::leftoversDoNotMatter()
{
    QVERIFY(!m_files->replace(path(), "old"));
    QFile half(path() + u".new"_s);
    QVERIFY(half.open(QFile::WriteOnly) && half.write("ha") == 2);
    half.close();
    QCOMPARE(content(), "old");
    QVERIFY(!m_files->replace(path(), "new"));
    QCOMPARE(content(), "new");
    QVERIFY(!half.exists());
}

void TestDiskFiles::linksAreNotFollowed()
{
    QVERIFY(!m_files->replace(path(u"other"_s), "other"));
    QVERIFY(QDir().mkpath(path(u"a"_s)));
    QVERIFY(QFile::link(path(u"other"_s), path()));
    expectWarning("Cannot open");
    QVERIFY(!m_files->read(path()));
    QVERIFY(!m_files->replace(path(), "ours"));
    QCOMPARE(content(), "ours");
    QCOMPARE(content(u"other"_s), "other");
}

void TestDiskFiles::whatIsNoFileReadsAsADamagedOne_data()
{
    misplacedRows();
}

void TestDiskFiles::whatIsNoFileReadsAsADamagedOne()
{
    QFETCH(const MakeMisplaced, make);
    QVERIFY(QDir().mkpath(path(u"a"_s)));
    QVERIFY(make(path()));
    const auto read = m_files->read(path());
    QVERIFY(read);
    QCOMPARE(read.value(), std::optional(QByteArray()));
    QVERIFY(!m_files->putAside(path()));
    QVERIFY(!m_files->replace(path(), "new"));
    QCOMPARE(content(), "new");
}

void TestDiskFiles::whatDoesNotFitLeavesTheOldOne()
{
    QVERIFY(!m_files->replace(path(), "old"));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{1000, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    expectWarning("Cannot write");
    const auto failure = m_files->replace(path(), QByteArray(5000, 'n'));
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(failure);
    QCOMPARE(content(), "old");
    QCOMPARE(QDir(path(u"a"_s)).entryList(QDir::Files), QStringList(u"prod.sealed"_s));
}

void TestDiskFiles::whatWouldNotBeReadIsNotWritten()
{
    QVERIFY(!m_files->replace(path(), QByteArray(longestFile, 'x')));
    expectWarning("too large");
    QVERIFY(m_files->replace(path(), QByteArray(longestFile + 1, 'y')) == StoreError::NotWritable);
    QCOMPARE(content(), QByteArray(longestFile, 'x'));
}

void TestDiskFiles::noFolderIsToldAsSuch()
{
    QFile file(path(u"a"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    expectWarning("Cannot");
    QVERIFY(m_files->replace(path(), "text") == StoreError::NotWritable);
    expectWarning("Cannot");
    QVERIFY(m_files->read(path()).error() == StoreError::NotWritable);
}

void TestDiskFiles::removes()
{
    QVERIFY(!m_files->replace(path(), "text"));
    QVERIFY(!m_files->remove(path()));
    QVERIFY(!QFile::exists(path()));
    QVERIFY(!m_files->remove(path()));
}

void TestDiskFiles::putsAsideUnderANewName()
{
    for (const QByteArray &text : {QByteArray("one"), QByteArray("two")}) {
        QVERIFY(!m_files->replace(path(), text));
        QVERIFY(!m_files->putAside(path()));
    }
    QVERIFY(!QFile::exists(path()));
    QCOMPARE(content(u"a/prod.sealed.damaged"_s), "one");
    QCOMPARE(content(u"a/prod.sealed.damaged-2"_s), "two");
}

QTEST_GUILESS_MAIN(TestDiskFiles)
#include "tst_diskfiles.moc"
