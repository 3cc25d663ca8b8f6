// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/endwarnings.h"

#include "support/fakeclock.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestEndWarnings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void warnsAtFourMoments_data();
    void warnsAtFourMoments();
    void warnsOnceOfWhatWasSleptThrough();
    void saysNothingOfMomentsBeforeTheEndWasKnown();
    void remembersOverARestart();
    void takesAnotherEndForANewOne();
    void takesTheSameEndForTheSameThoughItIsMeasuredAnew();
    void saysNothingAfterTheEnd();
    void forgets();
    void looksForTheNextMoment();

private:
    [[nodiscard]] bool isDue(Milliseconds left) { return m_warnings->isDue(u"prod"_s, end, left); }
    void restart();

    static constexpr WallTime end = FakeClock::start + 100h;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<EndWarnings> m_warnings;
};

void TestEndWarnings::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    m_settings.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    restart();
}

void TestEndWarnings::restart()
{
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_warnings = std::make_unique<EndWarnings>(*m_settings);
}

void TestEndWarnings::warnsAtFourMoments_data()
{
    QTest::addColumn<Milliseconds>("moment");
    QTest::newRow("3 days") << Milliseconds(72h);
    QTest::newRow("1 day") << Milliseconds(24h);
    QTest::newRow("2 hours") << Milliseconds(2h);
    QTest::newRow("15 minutes") << Milliseconds(15min);
}

void TestEndWarnings::warnsAtFourMoments()
{
    QFETCH(const Milliseconds, moment);
    QVERIFY(!isDue(moment + 1ms));
    QVERIFY(isDue(moment));
    QVERIFY(!isDue(moment));
    QVERIFY(!isDue(moment - 1ms));
}

void TestEndWarnings::warnsOnceOfWhatWasSleptThrough()
{
    QVERIFY(!isDue(80h));
    QVERIFY(isDue(1h));
    QVERIFY(!isDue(59min));
}

void TestEndWarnings::saysNothingOfMomentsBeforeTheEndWasKnown()
{
    QVERIFY(!isDue(1h));
    QVERIFY(!isDue(59min));
    QVERIFY(isDue(15min));
}

void TestEndWarnings::remembersOverARestart()
{
    QVERIFY(!isDue(80h));
    QVERIFY(isDue(70h));
    restart();
    QVERIFY(!isDue(70h));
    restart();
    QVERIFY(isDue(20h));
}

void TestEndWarnings::takesAnotherEndForANewOne()
{
    QVERIFY(!isDue(80h));
    QVERIFY(isDue(70h));
    QVERIFY(!m_warnings->isDue(u"prod"_s, end + 24h, 80h));
    QVERIFY(m_warnings->isDue(u"prod"_s, end + 24h, 70h));
}

void TestEndWarnings::takesTheSameEndForTheSameThoughItIsMeasuredAnew()
{
    QVERIFY(!isDue(80h));
    QVERIFY(m_warnings->isDue(u"prod"_s, end + 2s, 70h));
    QVERIFY(!m_warnings->isDue(u"prod"_s, end - 2s, 70h));
}

void TestEndWarnings::saysNothingAfterTheEnd()
{
    QVERIFY(!isDue(80h));
    QVERIFY(!isDue(-1s));
}

void TestEndWarnings::forgets()
{
    QVERIFY(!isDue(80h));
    m_warnings->forget(u"prod"_s);
    QVERIFY(!isDue(70h));
    QVERIFY(isDue(24h));
}

void TestEndWarnings::looksForTheNextMoment()
{
    QCOMPARE(EndWarnings::untilNext(100h), Milliseconds(28h));
    QCOMPARE(EndWarnings::untilNext(72h), Milliseconds(48h));
    QCOMPARE(EndWarnings::untilNext(16min), Milliseconds(1min));
    QVERIFY(!EndWarnings::untilNext(15min));
    QVERIFY(!EndWarnings::untilNext(-1s));
}

QTEST_GUILESS_MAIN(TestEndWarnings)
#include "tst_endwarnings.moc"
