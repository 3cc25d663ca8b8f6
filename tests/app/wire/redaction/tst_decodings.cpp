// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/decodings.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestDecodings final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void whatIsNotSeenIsLeftOut_data();
    void whatIsNotSeenIsLeftOut();
    void textIsDecoded_data();
    void textIsDecoded();
    void plainOnesAreNotUnpacked();
    void firstIsTheTextItself();
    void decodingsAreBounded();
};

void TestDecodings::whatIsNotSeenIsLeftOut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("words") << u"The user is locked."_s << u"The user is locked."_s;
    QTest::newRow("NULs") << QString::fromLatin1("a\0b\0c\0", 6) << u"abc"_s;
    QTest::newRow("control characters") << u"a\u001b[2Jb\u009bc"_s << u"a[2Jbc"_s;
    QTest::newRow("direction and zero width") << u"a\u202eb\u200bc\u2060d"_s << u"abcd"_s;
    QTest::newRow("white space") << u"a\tb\nc\u00a0d\u2028e"_s << u"a b c d e"_s;
    QTest::newRow("a smile") << u"a\U0001F600b"_s << u"a\U0001F600b"_s;
}

void TestDecodings::whatIsNotSeenIsLeftOut()
{
    QFETCH(const QString, text);
    QTEST(withoutControls(text), "expected");
}

void TestDecodings::textIsDecoded_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("meaning");

    QTest::newRow("percent") << u"p%2Ba%20ss%26w%3d%c3%b6%2525"_s << u"p+a ss&w=ö%25"_s;
    QTest::newRow("percent, Latin-1") << u"%F6de"_s << u"öde"_s;
    QTest::newRow("form") << u"p%2Ba+ss%26w%3D%C3%B6%2525"_s << u"p+a ss&w=ö%25"_s;
    QTest::newRow("percent twice") << u"a%2526b"_s << u"a&b"_s;
    QTest::newRow("HTML names") << u"a&lt;b&amp;c&QUOT;&apos;&gt;"_s << u"a<b&c\"'>"_s;
    QTest::newRow("HTML numbers") << u"&#x70;&#43;&#X61;&#246;"_s << u"p+aö"_s;
    QTest::newRow("HTML, nothing it knows") << u"a&b;c"_s << u"a&b;c"_s;
    QTest::newRow("JSON") << u"\\u0070\\u002B\\u00f6\\/\\\"\\\\"_s << u"p+ö/\"\\"_s;
    QTest::newRow("JSON, a smile") << u"\\ud83d\\ude00"_s << u"\U0001F600"_s;
    QTest::newRow("JSON with NULs") << u"a\\u0000b\\u0000c"_s << u"abc"_s;
    QTest::newRow("C") << u"\\x70\\x2b"_s << u"p+"_s;
    QTest::newRow("Base64") << u"not cCthIHNzJnc9w7YlMjU= that"_s << u"p+a ss&w=ö%25"_s;
    QTest::newRow("Base64, one byte on") << u"PHArYSBzcyZ3PcO2JTI1"_s << u"<p+a ss&w=ö%25"_s;
    QTest::newRow("Base64, two bytes on") << u"PDxwK2Egc3Mmdz3DtiUyNQ=="_s << u"<<p+a ss&w=ö%25"_s;
    QTest::newRow("Base64 for URLs") << u"fn5-fj8_Pz8"_s << u"~~~~????"_s;
    QTest::newRow("Base64 in two lines") << u"c2Vj\r\ncmV0"_s << u"secret"_s;
    QTest::newRow("Base64 of Latin-1 as UTF-16") << u"dAD2AGQA"_s << u"töd"_s;
    QTest::newRow("Base64 of UTF-16") << u"not OgQ7BE4ERwQ= that"_s << u"ключ"_s;
    QTest::newRow("Base64 of UTF-16, another end first") << u"BDoEOwROBEc="_s << u"ключ"_s;
    QTest::newRow("hex") << u"702b612073"_s << u"p+a s"_s;
    QTest::newRow("hex in capitals") << u"A 702B612073"_s << u"p+a s"_s;
    QTest::newRow("hex with colons") << u"70:2B:61:20:73"_s << u"p+a s"_s;
    QTest::newRow("hex as in C") << u"0x70, 0x2b, 0x61, 0x20"_s << u"p+a "_s;
    QTest::newRow("Base64 in hex") << u"63325669636d5630"_s << u"sebret"_s;
    QTest::newRow("hex, percent-encoded") << u"%37%30%32%62%36%31%32%30%37%33"_s << u"p+a s"_s;
}

void TestDecodings::textIsDecoded()
{
    QFETCH(const QString, text);
    QFETCH(const QString, meaning);
    const QStringList decodings = decodingsOf(text);
    const bool isFound = std::ranges::any_of(
        decodings, [&](const QString &decoding) { return decoding.contains(meaning); });
    QVERIFY2(isFound, qPrintable(decodings.join(u" | "_s)));
}

void TestDecodings::plainOnesAreNotUnpacked()
{
    QVERIFY(plainDecodingsOf(u"a%20b"_s).contains(u"a b"_s));
    QCOMPARE(plainDecodingsOf(u"c2VjcmV0 702b612073"_s), QStringList{u"c2VjcmV0 702b612073"_s});
}

void TestDecodings::firstIsTheTextItself()
{
    QCOMPARE(decodingsOf(u"a%20b"_s).first(), u"a%20b"_s);
    QCOMPARE(decodingsOf({}), QStringList{QString()});
}

void TestDecodings::decodingsAreBounded()
{
    QByteArray worst = "\\u0025+&amp;%2541%3d6162636465 QUJDREVGR0g+";
    for (int i = 0; i < 3; ++i)
        worst += worst.toBase64() + ' ' + worst.toHex();
    QCOMPARE(decodingsOf(QString::fromLatin1(worst)).size(), mostDecodings);
}

QTEST_GUILESS_MAIN(TestDecodings)
#include "tst_decodings.moc"
