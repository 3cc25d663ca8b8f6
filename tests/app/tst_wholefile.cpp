// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/wholefile.h"

#include "support/warnings.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestWholeFile final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatIsWrittenIsRead();
    void itIsForItsOwnerAlone();
    void whatCannotBeWrittenIsTold();
    void onlyFilesAreRead();
    void whatIsPutAsideIsNeverOverwritten();

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

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
