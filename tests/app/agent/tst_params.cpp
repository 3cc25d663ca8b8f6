// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/params.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestParams final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void readsWhatIsThere();
    void absentAndNullAreTheSame();
    void spans_data();
    void spans();
    void theFirstProblemIsTold();
    void wrongTypesAreProblems_data();
    void wrongTypesAreProblems();
};

void TestParams::readsWhatIsThere()
{
    Params params({{u"name"_s, u"prod"_s}, {u"password"_s, u"p+a ss&w=ö%25"_s}, {u"orBest"_s, true},
        {u"deadline"_s, 2.5}});
    QCOMPARE(params.text(u"name"_s), u"prod"_s);
    QCOMPARE(params.secret(u"password"_s).toString(), u"p+a ss&w=ö%25"_s);
    QVERIFY(params.flag(u"orBest"_s));
    QVERIFY(params.span(u"deadline"_s) == 2500ms);
    QVERIFY(!params.problem());
}

void TestParams::absentAndNullAreTheSame()
{
    for (const QJsonObject &object : {QJsonObject(), QJsonObject{{u"x"_s, QJsonValue::Null}}}) {
        Params params(object);
        QCOMPARE(params.optionalText(u"x"_s, u"otherwise"_s), u"otherwise"_s);
        QVERIFY(!params.flag(u"x"_s));
        QVERIFY(!params.span(u"x"_s));
        QVERIFY(!params.problem());
    }
}

void TestParams::spans_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<qint64>("ms");

    QTest::newRow("none") << QJsonValue(0) << qint64(0);
    QTest::newRow("a day") << QJsonValue(86400) << qint64(86400000);
    QTest::newRow("more than a day") << QJsonValue(86401) << qint64(-1);
    QTest::newRow("negative") << QJsonValue(-1) << qint64(-1);
    QTest::newRow("beyond all numbers") << QJsonValue(1e300) << qint64(-1);
    QTest::newRow("a text") << QJsonValue(u"10"_s) << qint64(-1);
}

void TestParams::spans()
{
    QFETCH(const QJsonValue, value);
    QFETCH(const qint64, ms);
    Params params({{u"deadline"_s, value}});
    const auto span = params.span(u"deadline"_s);
    QCOMPARE(span.has_value(), ms >= 0);
    QCOMPARE(params.problem().has_value(), ms < 0);
    if (span)
        QCOMPARE(span->count(), ms);
}

void TestParams::theFirstProblemIsTold()
{
    Params params({});
    QVERIFY(params.text(u"name"_s).isEmpty());
    QVERIFY(params.text(u"server"_s).isEmpty());
    QVERIFY(params.problem());
    QCOMPARE(params.problem()->reason, Refusal::Usage);
    QVERIFY(params.problem()->sentence.contains("name"_L1));
}

void TestParams::wrongTypesAreProblems_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("number") << QJsonValue(5);
    QTest::newRow("object") << QJsonValue(QJsonObject());
}

void TestParams::wrongTypesAreProblems()
{
    QFETCH(const QJsonValue, value);
    const QJsonObject object{{u"x"_s, value}};
    Params text(object);
    QVERIFY(text.text(u"x"_s).isEmpty());
    QVERIFY(text.problem());
    Params optional(object);
    QVERIFY(optional.optionalText(u"x"_s).isEmpty());
    QVERIFY(optional.problem());
    Params flag(object);
    QVERIFY(!flag.flag(u"x"_s));
    QVERIFY(flag.problem());
}

QTEST_GUILESS_MAIN(TestParams)
#include "tst_params.moc"
