// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/httpdate.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

class TestHttpDate final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void datesAreInUtc_data();
    void datesAreInUtc();
    void othersAreNoDates_data();
    void othersAreNoDates();
};

void TestHttpDate::datesAreInUtc_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("seconds");

    QTest::newRow("RFC 9110") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << qint64(784111777);
    QTest::newRow("spaces around")
        << QByteArray(" Sun, 06 Nov 1994 08:49:37 GMT ") << qint64(784111777);
    QTest::newRow("summer") << QByteArray("Mon, 04 Oct 2021 15:04:04 GMT") << qint64(1633359844);
    QTest::newRow("leap day") << QByteArray("Thu, 29 Feb 2024 23:59:59 GMT") << qint64(1709251199);
}

void TestHttpDate::datesAreInUtc()
{
    QFETCH(const QByteArray, header);
    QFETCH(const qint64, seconds);
    QVERIFY(dateFromHttp(header) == WallTime(std::chrono::seconds(seconds)));
}

void TestHttpDate::othersAreNoDates_data()
{
    QTest::addColumn<QByteArray>("header");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("number") << QByteArray("120");
    QTest::newRow("another zone") << QByteArray("Sun, 06 Nov 1994 08:49:37 CET");
    QTest::newRow("no such day") << QByteArray("Wed, 30 Feb 1994 08:49:37 GMT");
    QTest::newRow("wrong weekday") << QByteArray("Mon, 06 Nov 1994 08:49:37 GMT");
    QTest::newRow("ISO") << QByteArray("1994-11-06T08:49:37Z");
    QTest::newRow("bytes") << QByteArray("\xff\xfe\x00", 3);
}

void TestHttpDate::othersAreNoDates()
{
    QFETCH(const QByteArray, header);
    QVERIFY(!dateFromHttp(header));
}

QTEST_GUILESS_MAIN(TestHttpDate)
#include "tst_httpdate.moc"
