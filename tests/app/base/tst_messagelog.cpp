// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/messagelog.h"

#include "base/logging.h"
#include "support/warnings.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestMessageLog final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void levelsHaveNames();
    void nothingIsWrittenUntilAPersonTurnsItOn();
    void whatIsTurnedOnIsWritten();
    void theLevelOutlivesTheProgram();
    void aSenselessLevelIsOff();
    void onlyDebugTellsEachStep();
    void itGoesOnWhereTheLastRunEnded();
    void itDoesNotGrowForEver();
    void aLongLineIsCut();
    void threadsMayTellAtTheSameTime();

private:
    [[nodiscard]] MessageLog::Place place() const
    {
        return {m_folder->filePath(u"data/log.txt"_s), m_folder->filePath(u"config/log.json"_s)};
    }
    [[nodiscard]] QByteArray written() const { return readWhole(place().path).value_or("none"); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMessageLog::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestMessageLog::levelsHaveNames()
{
    QCOMPARE(scriptName(LogLevel::Off), u"off"_s);
    QCOMPARE(logLevelFrom(u"debug"_s), LogLevel::Debug);
    QVERIFY(!logLevelFrom(u"loud"_s));
}

void TestMessageLog::nothingIsWrittenUntilAPersonTurnsItOn()
{
    MessageLog log(place());
    log.begin();
    log.add("one");
    QCOMPARE(log.level(), LogLevel::Off);
    QCOMPARE(log.lines(), QByteArrayList{"one"});
    QCOMPARE(written(), "none");
}

void TestMessageLog::whatIsTurnedOnIsWritten()
{
    MessageLog log(place());
    log.begin();
    log.add("before");
    log.setLevel(LogLevel::Info);
    log.add("one");
    log.add("two");
    QCOMPARE(written(), "before\none\ntwo\n"); // what led to the fault is worth having
    QCOMPARE(QFileInfo(log.path()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());
    log.setLevel(LogLevel::Off);
    log.add("three");
    QCOMPARE(written(), "before\none\ntwo\n");
}

void TestMessageLog::theLevelOutlivesTheProgram()
{
    MessageLog(place()).setLevel(LogLevel::Debug);
    MessageLog log(place());
    QCOMPARE(log.level(), LogLevel::Off);
    log.begin();
    QCOMPARE(log.level(), LogLevel::Debug);
    log.setLevel(LogLevel::Off);
}

void TestMessageLog::aSenselessLevelIsOff()
{
    QVERIFY(!writeWhole(place().levelPath, R"({"level": "loud"})"));
    MessageLog log(place());
    log.begin();
    QCOMPARE(log.level(), LogLevel::Off);
}

void TestMessageLog::onlyDebugTellsEachStep()
{
    MessageLog log(place());
    for (const auto level : {LogLevel::Debug, LogLevel::Info, LogLevel::Off}) {
        log.setLevel(level);
        QCOMPARE(sessionLog().isDebugEnabled(), level == LogLevel::Debug);
        QVERIFY(sessionLog().isInfoEnabled());
    }
}

void TestMessageLog::itGoesOnWhereTheLastRunEnded()
{
    QVERIFY(!writeWhole(place().path, "one\ntwo\n"));
    MessageLog log(place());
    log.begin();
    log.add("three");
    QCOMPARE(log.lines(), QByteArrayList({"one", "two", "three"}));
}

void TestMessageLog::itDoesNotGrowForEver()
{
    MessageLog log(place());
    log.begin();
    log.setLevel(LogLevel::Info);
    for (int number = 0; number < 10 * MessageLog::most; ++number)
        log.add(QByteArray::number(number) + QByteArray(200, '.'));
    QCOMPARE(log.lines().size(), MessageLog::most);
    QVERIFY(log.lines().last().startsWith("9999."));
    const QByteArray file = written();
    QVERIFY(file.endsWith(log.lines().last() + '\n'));
    QVERIFY(file.count('\n') <= 4 * MessageLog::most);
}

void TestMessageLog::aLongLineIsCut()
{
    MessageLog log(place());
    log.add(QByteArray(MessageLog::longestLine + 1, 'x'));
    QCOMPARE(log.lines().first().size(), MessageLog::longestLine);
}

void TestMessageLog::threadsMayTellAtTheSameTime()
{
    MessageLog log(place());
    log.setLevel(LogLevel::Info);
    const auto tell = [&log] {
        for (int i = 0; i < 400; ++i)
            log.add("x");
    };
    std::thread other(tell);
    tell();
    other.join();
    QCOMPARE(log.lines().size(), 800);
    QCOMPARE(written().count("x\n"), 800);
    log.setLevel(LogLevel::Off);
}

QTEST_GUILESS_MAIN(TestMessageLog)
#include "tst_messagelog.moc"
