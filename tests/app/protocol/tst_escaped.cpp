// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/escaped.h"

#include <QTest>

using latchkey::protocol::escaped;

class TestEscaped final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isOneLineThatNoTerminalObeys_data();
    void isOneLineThatNoTerminalObeys();
    void leavesNoControlAndNoFormatCharacter();
};

void TestEscaped::isOneLineThatNoTerminalObeys_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");

    const auto row = [](const char *name, const QByteArray &text, const QByteArray &shown) {
        QTest::newRow(name) << text << shown;
    };
    row("nothing", "", "");
    row("as it is", "/opt/Ünïcode tool/日本 \\ 🦊", "/opt/Ünïcode tool/日本 \\ 🦊");
    row("NUL", QByteArray("a\0b", 3), "a\\u0000b");
    row("line", "a\nb\r", "a\\u000ab\\u000d");
    row("escape sequence", "\x1b]0;owned\a", "\\u001b]0;owned\\u0007");
    row("delete", "\x7f", "\\u007f");
    row("C1 in UTF-8",
        "\xc2\x9b"
        "31m",
        "\\u009b31m");
    row("C1 in eight bits",
        "\x9b"
        "31m",
        "\\x9b31m");
    row("hard space", "\xc2\xa0", "\\u00a0");
    row("soft hyphen", "\xc2\xad", "\\u00ad");
    row("right to left", "a\u202eb", "a\\u202eb");
    row("isolate", "a\u2066b\u2069", "a\\u2066b\\u2069");
    row("Arabic letter mark", "\u061c", "\\u061c");
    row("no width", "a\u200bb\ufeff", "a\\u200bb\\ufeff");
    row("line separator", "a\u2028b", "a\\u2028b");
    row("filler", "\u3164", "\\u3164");
    row("a font's own", "\ue0b0", "\\ue0b0");
    row("tag", "a\U000e0041", "a\\ue0041");
    row("the last one", "\U0010ffff", "\\u10ffff");
    row("no UTF-8", "a\xff\xfe", "a\\xff\\xfe");
    row("a part of one", "a\xe2\x80", "a\\xe2\\x80");
    row("a part of one, and more", "\xe2(b", "\\xe2(b");
    row("longer than need be", "\xc0\x9b\xe0\x82\x9b", "\\xc0\\x9b\\xe0\\x82\\x9b");
    row("half of one", "\xed\xa0\x80", "\\xed\\xa0\\x80");
    row("beyond the last one", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
}

void TestEscaped::isOneLineThatNoTerminalObeys()
{
    QFETCH(const QByteArray, text);
    QTEST(QByteArray::fromStdString(escaped(text.toStdString())), "shown");
}

//! Tries all characters that this version of Qt knows.
void TestEscaped::leavesNoControlAndNoFormatCharacter()
{
    for (char32_t code = 0; code <= QChar::LastValidCodePoint; ++code) {
        const auto category = QChar::category(code);
        const bool isUnseen = category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Other_PrivateUse || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph
            || (category == QChar::Separator_Space && code != U' ');
        if (!isUnseen)
            continue;
        const std::string text = QStringView(QChar::fromUcs4(code)).toString().toStdString();
        QVERIFY2(escaped(text).starts_with("\\u"), qPrintable(QString::number(code, 16)));
    }
}

QTEST_GUILESS_MAIN(TestEscaped)
#include "tst_escaped.moc"
