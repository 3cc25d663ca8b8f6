// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/code.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestCode final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void codesAreTakenAsPeopleWriteThem_data();
    void codesAreTakenAsPeopleWriteThem();
    void othersAreNone_data();
    void othersAreNone();
};

void TestCode::codesAreTakenAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");

    QTest::newRow("six") << u"123456"_s << u"123456"_s;
    QTest::newRow("eight") << u"12345678"_s << u"12345678"_s;
    QTest::newRow("leading zeros") << u"000007"_s << u"000007"_s;
    QTest::newRow("in halves") << u"123 456"_s << u"123456"_s;
    QTest::newRow("spaces around") << u"  1234 5678\n"_s << u"12345678"_s;
    QTest::newRow("dash") << u"123-456"_s << u"123456"_s;
    QTest::newRow("no-break space") << u"123\u00a0456"_s << u"123456"_s;
}

void TestCode::codesAreTakenAsPeopleWriteThem()
{
    QFETCH(const QString, text);
    QFETCH(const QString, code);
    const auto secret = codeFrom(text);
    QVERIFY(secret);
    QCOMPARE(secret->toString(), code);
}

void TestCode::othersAreNone_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("empty") << QString();
    QTest::newRow("spaces") << u"      "_s;
    QTest::newRow("five") << u"12345"_s;
    QTest::newRow("seven") << u"1234567"_s;
    QTest::newRow("nine") << u"123456789"_s;
    QTest::newRow("letters") << u"12345a"_s;
    QTest::newRow("other digits") << u"١٢٣٤٥٦"_s;
}

void TestCode::othersAreNone()
{
    QFETCH(const QString, text);
    QVERIFY(!codeFrom(text));
}

QTEST_GUILESS_MAIN(TestCode)
#include "tst_code.moc"
