// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/wholefile.h"

#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Write = std::optional<QString> (*)(const QString &, const QByteArray &);
Q_DECLARE_METATYPE(Write)

class TestWholeFile final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatIsWrittenIsRead();
    void itIsForItsOwnerAlone();
    void whatCannotBeWrittenIsTold();
    void onlyFilesAreRead();
    void whatIsTooLongIsNotRead();
    void nothingIsReservedForWhatIsNotThere();
    void whatWouldNotBeReadIsNotWritten();
    void theEndOfALogIsRead_data();
    void theEndOfALogIsRead();
    void linksAreReplacedAndNotFollowed_data();
    void linksAreReplacedAndNotFollowed();
    void whatIsPutAsideIsNeverOverwritten();
    void whatIsNotReadIsPutAsideAsAWhole();
    void aDamagedListIsReadAsFarAsItGoes_data();
    void aDamagedListIsReadAsFarAsItGoes();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"deep/down/file.json"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWholeFile::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestWholeFile::whatIsWrittenIsRead()
{
    QVERIFY(!readWhole(path()));
    QVERIFY(!writeWhole(path(), "first"));
    QVERIFY(!writeWhole(path(), "second"));
    QCOMPARE(readWhole(path()), std::optional("second"_ba));
}

void TestWholeFile::itIsForItsOwnerAlone()
{
    QVERIFY(!writeWhole(path(), "text"));
    QCOMPARE(QFileInfo(path()).permissions()
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
}

void TestWholeFile::whatCannotBeWrittenIsTold()
{
    QFile inTheWay(m_folder->filePath(u"deep"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const auto error = writeWhole(path(), "text");
    QVERIFY(error && !error->isEmpty());
}

void TestWholeFile::onlyFilesAreRead()
{
    const QString pipe = m_folder->filePath(u"pipe"_s);
    QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), S_IRUSR | S_IWUSR), 0);
    QVERIFY(!readWhole(pipe));
    QVERIFY(!readWhole(m_folder->path()));
}

void TestWholeFile::whatIsPutAsideIsNeverOverwritten()
{
    QVERIFY(!writeWhole(path(), "first"));
    QCOMPARE(putAside(path()), path() + u".damaged"_s);
    QVERIFY(!writeWhole(path(), "second"));
    QCOMPARE(putAside(path()), path() + u".damaged-2"_s);
    QCOMPARE(readWhole(path() + u".damaged"_s), std::optional("first"_ba));
    QCOMPARE(readWhole(path() + u".damaged-2"_s), std::optional("second"_ba));
}

void TestWholeFile::whatIsTooLongIsNotRead()
{
    QVERIFY(!writeWhole(path(), "text"));
    QVERIFY(QFile::resize(path(), longestFile));
    QCOMPARE(readWhole(path())->size(), longestFile);
    QVERIFY(QFile::resize(path(), longestFile + 1));
    QVERIFY(!readWhole(path()));
}

//! Reserved memory would stay in use, because it is wiped, and so touched, when it is freed.
void TestWholeFile::nothingIsReservedForWhatIsNotThere()
{
    QVERIFY(!writeWhole(path(), "text"));
    QVERIFY(readWhole(path())->capacity() < 1024);
    QVERIFY(readEnd(path())->capacity() < 1024);
}

void TestWholeFile::whatWouldNotBeReadIsNotWritten()
{
    QVERIFY(!writeWhole(path(), QByteArray(longestFile, 'x')));
    QVERIFY(writeWhole(path(), QByteArray(longestFile + 1, 'y')));
    QCOMPARE(readWhole(path()), std::optional(QByteArray(longestFile, 'x')));
}

void TestWholeFile::theEndOfALogIsRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("end"); // of at most 8 bytes

    QTest::newRow("empty") << ""_ba << ""_ba;
    QTest::newRow("all of it") << "123\n567\n"_ba << "123\n567\n"_ba;
    QTest::newRow("without the line that is cut") << "123\n567\n9ab\n"_ba << "9ab\n"_ba;
    QTest::newRow("with half a line at its end") << "1234567\n9a"_ba << "9a"_ba;
    QTest::newRow("one long line") << "123456789abcdef"_ba << ""_ba;
}

void TestWholeFile::theEndOfALogIsRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, end);
    QVERIFY(!writeWhole(path(), text));
    QCOMPARE(readEnd(path(), 8), std::optional(end));
}

void TestWholeFile::linksAreReplacedAndNotFollowed_data()
{
    QTest::addColumn<Write>("write");
    QTest::addColumn<QString>("link");

    QTest::newRow("in its place") << Write(writeWhole) << QString();
    QTest::newRow("in the place of the new one") << Write(writeWhole) << u".new"_s;
    QTest::newRow("a log's") << Write(writeWholeWithoutSync) << QString();
    QTest::newRow("a new log's") << Write(writeWholeWithoutSync) << u".new"_s;
}

void TestWholeFile::linksAreReplacedAndNotFollowed()
{
    QFETCH(const Write, write);
    QFETCH(const QString, link);
    const QString other = m_folder->filePath(u"other"_s);
    QVERIFY(!writeWhole(other, "theirs"));
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QVERIFY(QFile::link(other, path() + link));
    QVERIFY(!write(path(), "ours"));
    QVERIFY(!QFileInfo(path()).isSymLink());
    QCOMPARE(readWhole(path()), std::optional("ours"_ba));
    QCOMPARE(readWhole(other), std::optional("theirs"_ba));
    QVERIFY(!QFile::exists(path() + u".new"_s));
}

void TestWholeFile::whatIsNotReadIsPutAsideAsAWhole()
{
    QVERIFY(QDir().mkpath(path()));
    QVERIFY(QFileInfo(putAside(path())).isDir());
    const QByteArray pipe = QFile::encodeName(path());
    QCOMPARE(mkfifo(pipe.constData(), S_IRUSR | S_IWUSR), 0);
    QCOMPARE(putAside(path()), path() + u".damaged-2"_s);
    QVERIFY(!writeWhole(path(), "text"));
    QVERIFY(QFile::resize(path(), 100 * longestFile));
    QCOMPARE(QFileInfo(putAside(path())).size(), 100 * longestFile);
    QVERIFY(!QFile::exists(path()));
}

void TestWholeFile::aDamagedListIsReadAsFarAsItGoes_data()
{
    QTest::addColumn<QByteArray>("text"); // no file where it is null
    QTest::addColumn<QList<int>>("sizes"); // of what is understood
    QTest::addColumn<bool>("isDamaged");

    QTest::newRow("no file") << QByteArray() << QList<int>() << false;
    QTest::newRow("an empty file") << ""_ba << QList<int>() << true;
    QTest::newRow("no such list") << R"({"trees": []})"_ba << QList<int>() << true;
    QTest::newRow("no list") << R"({"fish": {}})"_ba << QList<int>() << true;
    QTest::newRow("an empty list") << R"({"fish": []})"_ba << QList<int>() << false;
    QTest::newRow("whole") << R"({"fish": [{"size": 1}, {"size": 2}]})"_ba << QList{1, 2} << false;
    QTest::newRow("one that makes no sense")
        << R"({"fish": [{"size": 1}, {}, 7, {"size": 2}]})"_ba << QList{1, 2} << true;
}

void TestWholeFile::aDamagedListIsReadAsFarAsItGoes()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QList<int>, sizes);
    QFETCH(const bool, isDamaged);
    QVERIFY(text.isNull() || !writeWhole(path(), text));
    QList<int> taken;
    const auto aside = readList(path(), "fish"_L1, [&taken](const QJsonObject &json) {
        if (json.contains("size"_L1))
            taken.append(json["size"_L1].toInt());
        return json.contains("size"_L1);
    });
    QCOMPARE(taken, sizes);
    QCOMPARE(aside.has_value(), isDamaged);
    if (aside)
        QCOMPARE(readWhole(*aside), std::optional(text));
}

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
