// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/linelog.h"

#include "support/misplaced.h"
#include "support/warnings.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestLineLog final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatIsAppendedIsRead();
    void itIsForItsOwnerAlone();
    void whereNoneIsItIsReplaced();
    void itDoesNotGrowForEver_data();
    void itDoesNotGrowForEver();
    void whatIsNotWholeIsReplaced_data();
    void whatIsNotWholeIsReplaced();
    void nothingIsAppendedThroughALinkOrAPipe_data();
    void nothingIsAppendedThroughALinkOrAPipe();
    void whatCouldNotBeReplacedIsNotAppendedTo();
    void whatIsRemovedIsGone();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"logs/it.log"_s); }
    [[nodiscard]] QByteArrayList lines() const
    {
        return log().read().value_or(QByteArrayList{"none"});
    }
    //! Of three lines and 32 bytes.
    [[nodiscard]] LineLog log() const { return {path(), 3, 32}; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLineLog::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestLineLog::whatIsAppendedIsRead()
{
    LineLog log = this->log();
    QVERIFY(!log.replace("1\n"));
    QVERIFY(log.append("2\n3\n"));
    QCOMPARE(lines(), QByteArrayList({"1", "2", "3"}));
}

void TestLineLog::itIsForItsOwnerAlone()
{
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    LineLog log = this->log();
    QVERIFY(!log.replace("1\n"));
    QVERIFY(!(QFile::permissions(QFileInfo(path()).path()) & others));
    QVERIFY(!(QFile::permissions(path()) & others));
    QVERIFY(QFile::setPermissions(path(), QFile::permissions(path()) | others));
    QVERIFY(log.append("2\n"));
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestLineLog::whereNoneIsItIsReplaced()
{
    LineLog log = this->log();
    QVERIFY(!log.read());
    QVERIFY(!log.append("1\n"));
    QVERIFY(!QFile::exists(path()));
    QVERIFY(!log.replace("1\n"));
    QVERIFY(QFile::remove(path())); // by somebody else
    QVERIFY(!log.append("2\n"));
}

void TestLineLog::itDoesNotGrowForEver_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<bool>("isAppended");

    QTest::newRow("as many lines") << "2\n3\n"_ba << true;
    QTest::newRow("too many lines") << "2\n3\n4\n"_ba << false;
    QTest::newRow("as many bytes") << QByteArray(29, 'x') + '\n' << true;
    QTest::newRow("too many bytes") << QByteArray(30, 'x') + '\n' << false;
}

void TestLineLog::itDoesNotGrowForEver()
{
    QFETCH(const QByteArray, more);
    QFETCH(const bool, isAppended);
    QVERIFY(!log().replace("1\n"));
    LineLog log = this->log();
    QVERIFY(log.read());
    QCOMPARE(log.append(more), isAppended);
    QVERIFY(!log.replace("1\n"));
    QVERIFY(log.append("2\n"));
}

void TestLineLog::whatIsNotWholeIsReplaced_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("half a line at its end") << "1\n2\n3"_ba;
    QTest::newRow("longer than is read") << QByteArray(31, 'x') + "\n2\n"_ba;
}

void TestLineLog::whatIsNotWholeIsReplaced()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!writeWhole(path(), text));
    LineLog log = this->log();
    QCOMPARE(log.read()->last(), "2"_ba);
    QVERIFY(!log.append("3\n"));
    QVERIFY(!log.replace("2\n3\n"));
    QVERIFY(log.append("4\n"));
    QCOMPARE(lines(), QByteArrayList({"2", "3", "4"}));
}

void TestLineLog::nothingIsAppendedThroughALinkOrAPipe_data()
{
    linkOrPipeRows();
}

void TestLineLog::nothingIsAppendedThroughALinkOrAPipe()
{
    QFETCH(const QString, target);
    QVERIFY(!writeWhole(m_folder->filePath(u"there"_s), "theirs\n"));
    LineLog log = this->log();
    QVERIFY(!log.replace("1\n"));
    QVERIFY(QFile::remove(path()));
    QVERIFY(putLinkOrPipe(path(), m_folder->path(), target));
    QVERIFY(!log.append("2\n"));
    QVERIFY(!log.replace("2\n"));
    QCOMPARE(lines(), QByteArrayList{"2"});
    QCOMPARE(readWhole(m_folder->filePath(u"there"_s)), std::optional("theirs\n"_ba));
}

void TestLineLog::whatCouldNotBeReplacedIsNotAppendedTo()
{
    LineLog log = this->log();
    QVERIFY(!log.replace("1\n"));
    const QString inTheWay = path() + u".new/full"_s;
    QVERIFY(QDir().mkpath(inTheWay));
    QVERIFY(log.replace("2\n"));
    QVERIFY(!log.append("3\n"));
    QVERIFY(QDir(path() + u".new"_s).removeRecursively());
    QVERIFY(!log.replace("2\n3\n"));
    QCOMPARE(lines(), QByteArrayList({"2", "3"}));
}

void TestLineLog::whatIsRemovedIsGone()
{
    LineLog log = this->log();
    QVERIFY(!log.replace("1\n"));
    log.remove();
    QVERIFY(!QFile::exists(path()));
}

QTEST_GUILESS_MAIN(TestLineLog)
#include "tst_linelog.moc"
