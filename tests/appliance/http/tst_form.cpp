// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/form.h"

#include <QTest>

using namespace latchkey::appliance;
using namespace Qt::Literals::StringLiterals;

//! urlencoded forms are in tst_appliance.
class TestForm final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void multipartIsRead_data();
    void multipartIsRead();
    void jsonIsRead();
};

void TestForm::multipartIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("value");

    const QByteArray head = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n";
    QTest::newRow("one part") << head + "\r\nabc\r\n--b--\r\n" << u"abc"_s;
    QTest::newRow("more headers") << head + "Content-Type: text/plain\r\n\r\nö\r\n--b--\r\n"
                                  << u"ö"_s;
    QTest::newRow("name unquoted")
        << "--b\r\ncontent-disposition: form-data; name=x\r\n\r\n1\r\n--b--"_ba << u"1"_s;
    QTest::newRow("line feeds within") << head + "\r\na\r\nb\r\n--b--\r\n" << u"a\r\nb"_s;
    QTest::newRow("no end") << head + "\r\nabc" << u""_s;
    QTest::newRow("another boundary") << "--c\r\n\r\n\r\n--c--"_ba << u""_s;
    QTest::newRow("nothing") << ""_ba << u""_s;
}

void TestForm::multipartIsRead()
{
    QFETCH(const QByteArray, body);
    QTEST(Form::decodeMultipart(body, "b").value("x"_L1), "value");
}

void TestForm::jsonIsRead()
{
    const Form form = Form::decodeJson(R"({"x":"ö","y":true,"z":12,"n":null})");
    QCOMPARE(form.value("x"_L1), u"ö"_s);
    QCOMPARE(form.value("y"_L1), u"true"_s);
    QCOMPARE(form.value("z"_L1), u"12"_s);
    QVERIFY(!form.contains("n"_L1));
}

QTEST_GUILESS_MAIN(TestForm)
#include "tst_form.moc"
