// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/localtime.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLocalTime final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void isWrittenAsInThatLanguage_data();
    void isWrittenAsInThatLanguage();
    void hasTheWholeYear();
    void namesNoZone_data();
    void namesNoZone();
};

void TestLocalTime::isWrittenAsInThatLanguage_data()
{
    QTest::addColumn<QString>("brief");
    QTest::addColumn<QString>("exact");
    QTest::newRow("C") << u"15:04"_s << u"15:04:05"_s;
    QTest::newRow("de_DE") << u"15:04"_s << u"15:04:05"_s;
    QTest::newRow("en_US") << u"3:04 PM"_s << u"3:04:05 PM"_s;
    QTest::newRow("fi_FI") << u"15.04"_s << u"15.04.05"_s;
    QTest::newRow("he_IL") << u"15:04"_s << u"15:04:05"_s;
    QTest::newRow("zh_CN") << u"15:04"_s << u"15:04:05"_s;
    QTest::newRow("ja_JP") << u"15:04"_s << u"15:04:05"_s;
    QTest::newRow("fr_CA") << u"15 h 04"_s << u"15 h 04 min 05 s"_s;
    QTest::newRow("pt_BR") << u"15:04"_s << u"15:04:05"_s;
    QTest::newRow("uk_UA") << u"15:04"_s << u"15:04:05"_s;
}

void TestLocalTime::isWrittenAsInThatLanguage()
{
    QFETCH(const QString, brief);
    QFETCH(const QString, exact);
    QLocale::setDefault(QLocale(QString::fromLatin1(QTest::currentDataTag())));
    const QChar narrow(0x202f); // which some versions of Qt put before PM
    QCOMPARE(clockOf(QTime(15, 4, 5), false).replace(narrow, u' '), brief);
    QCOMPARE(clockOf(QTime(15, 4, 5), true).replace(narrow, u' '), exact);
}

void TestLocalTime::hasTheWholeYear()
{
    QLocale::setDefault(QLocale(u"de_DE"_s));
    const QDateTime then(QDate(2026, 3, 7), QTime(15, 4, 5));
    const WallTime at{Milliseconds(then.toMSecsSinceEpoch())};
    const WallTime now = at + std::chrono::hours(48);
    QCOMPARE(timeOf(at, now), u"07.03.2026 15:04:05"_s);
    QCOMPARE(shortTimeOf(at, now), u"07.03.2026 15:04"_s);
}

void TestLocalTime::namesNoZone_data()
{
    QTest::addColumn<QLocale>("locale");
    for (const QLocale &locale :
        QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory))
        QTest::newRow(qPrintable(locale.bcp47Name())) << locale;
}

void TestLocalTime::namesNoZone()
{
    QFETCH(const QLocale, locale);
    QLocale::setDefault(locale);
    const QString exact = clockOf(QTime(15, 4, 5), true);
    QVERIFY(!exact.contains(u't')
        && !exact.contains(QDateTime::currentDateTime().timeZoneAbbreviation()));
    QCOMPARE(exact, exact.trimmed());
}

QTEST_GUILESS_MAIN(TestLocalTime)
#include "tst_localtime.moc"
