// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/input.h"

#include <QTest>

using namespace latchkey::protocol;

class TestInput final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codesAreSixOrEightDigits_data();
    void codesAreSixOrEightDigits();
    void fingerprintsAre32Bytes_data();
    void fingerprintsAre32Bytes();
};

namespace {

const QByteArray nothing("nothing");

QByteArray shown(const std::optional<std::string> &result)
{
    return result ? QByteArray::fromStdString(*result) : nothing;
}

} // namespace

void TestInput::codesAreSixOrEightDigits_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("digits");
    const auto row = [](const char *typed, const QByteArray &digits) {
        QTest::newRow(typed) << QByteArray(typed) << digits;
    };
    row("123456", "123456");
    row("12345678", "12345678");
    row(" 123 456\n", "123456");
    row("123\u00a0456", "123456");
    row("1\u20092\u202f3\u30004 5\t6", "123456");
    row("123-456", "123456");
    row("1234\u20135678", "12345678"); // an en dash
    row("\u200e123\u00ad4\u200b56\u2060\ufeff", "123456"); // unseen, from a web page
    row("", nothing);
    row("123+456", nothing);
    row("12345", nothing);
    row("1234567", nothing);
    row("12345a", nothing);
    row("\u0661\u0662\u0663\u0664\u0665\u0666", nothing); // Arabic-Indic digits
    row("12345\xff", nothing);
}

void TestInput::codesAreSixOrEightDigits()
{
    QFETCH(const QByteArray, typed);
    QFETCH(const QByteArray, digits);
    QCOMPARE(shown(codeDigits(typed.toStdString())), digits);
}

void TestInput::fingerprintsAre32Bytes_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("text");
    const QByteArray bytes = QByteArray::fromHex("0a").repeated(32);
    const QByteArray text = bytes.toHex(':').toUpper();
    QTest::newRow("as it is shown") << text << text;
    QTest::newRow("small letters") << text.toLower() << text;
    QTest::newRow("no colons") << bytes.toHex() << text;
    QTest::newRow("spaces") << bytes.toHex(' ') << text;
    QTest::newRow("too short") << bytes.toHex().chopped(1) << nothing;
    QTest::newRow("too long") << bytes.toHex() + "0a" << nothing;
    QTest::newRow("no hex") << bytes.toHex().chopped(1) + 'g' << nothing;
    QTest::newRow("none") << QByteArray() << nothing;
}

void TestInput::fingerprintsAre32Bytes()
{
    QFETCH(const QByteArray, typed);
    QFETCH(const QByteArray, text);
    QCOMPARE(shown(fingerprintText(typed.toStdString())), text);
}

QTEST_GUILESS_MAIN(TestInput)
#include "tst_input.moc"
