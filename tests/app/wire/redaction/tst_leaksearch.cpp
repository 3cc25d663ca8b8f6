// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/leaksearch.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

// As python3 and its modules base64, json and urllib write them, so that coder and decoder do not
// share mistakes.
constexpr auto token = "not.a-real_token/of+anybody=at~all:0123456789ABCDEF";

QByteArray around(const QByteArray &leak)
{
    return "{\"log\": [\"10:00 renewed\"], \"server\": \"https://backup.example.com\", \"x\": \""
        + leak + "\", \"userType\": \"LocalUser\"}";
}

} // namespace

class TestLeakSearch final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void itIsFoundInEachForm_data();
    void itIsFoundInEachForm();
    void aPieceIsFound_data();
    void aPieceIsFound();
    void whatIsNoneIsNotFound();
    void aShortSecretIsFoundAsAWord();
    void aKeyOfBytesIsFound();
    void anEmptySecretIsInNothing();
};

void TestLeakSearch::itIsFoundInEachForm_data()
{
    QTest::addColumn<QByteArray>("leak");
    const auto row = [](const char *name, const QByteArray &leak) {
        QTest::newRow(name) << leak;
    };
    const QByteArray plain(token);
    row("as it is", plain);
    row("upper case", plain.toUpper());
    row("Base64", "bm90LmEtcmVhbF90b2tlbi9vZithbnlib2R5PWF0fmFsbDowMTIzNDU2Nzg5QUJDREVG");
    row("Base64, one byte on",
        "IG5vdC5hLXJlYWxfdG9rZW4vb2YrYW55Ym9keT1hdH5hbGw6MDEyMzQ1Njc4OUFCQ0RFRg==");
    row("Base64, two bytes on",
        "Ojpub3QuYS1yZWFsX3Rva2VuL29mK2FueWJvZHk9YXR-YWxsOjAxMjM0NTY3ODlBQkNERUY");
    row("Base64 in lines",
        "bm90LmEtcmVhbF90b2tlbi9v\\r\\nZithbnlib2R5PWF0fmFsbDow\\r\\nMTIzNDU2Nzg5QUJDREVG");
    row("hex",
        "6e6f742e612d7265616c5f746f6b656e2f6f662b616e79626f64793d61747e616c6c3a"
        "30313233343536373839414243444546");
    row("hex with colons", plain.toHex(':'));
    row("percent-encoded", "not.a-real_token%2Fof%2Banybody%3Dat~all%3A0123456789ABCDEF");
    row("percent-encoded, every byte", plain.toPercentEncoding({}, plain));
    row("percent-encoded twice",
        "not.a-real_token%252Fof%252Banybody%253Dat~all%253A0123456789ABCDEF");
    row("JSON, an escape", "not.a-real_token\\/of\\u002banybody=at~all:0123456789\\u0041BCDEF");
    row("JSON in JSON", "not.a-real_token\\\\/of\\\\u002banybody=at~all:0123456789\\\\u0041BCDEF");
    QByteArray escaped;
    for (const char c : plain)
        escaped += "\\u00" + QByteArray(1, c).toHex();
    row("JSON, every letter", escaped);
    QByteArray wide;
    for (const char c : plain)
        wide += QByteArray(1, c) + '\0';
    row("UTF-16", wide);
    row("UTF-16, big end first", '\0' + wide);
    row("UTF-16 in Base64", wide.toBase64());
    row("UTF-16 in hex", wide.toHex());
    row("in two lines", "not.a-real_token/of+any\nbody=at~all:0123456789ABCDEF");
    row("in two lines of JSON", "not.a-real_token/of+any\\nbody=at~all:0123456789ABCDEF");
    row("in two texts", "not.a-real_token/of+any\", \"body=at~all:0123456789ABCDEF");
    row("in lines with margins",
        "not.a-real_token/of+any\n   > body=at~all:01234\n   > 56789ABCDEF");
}

void TestLeakSearch::itIsFoundInEachForm()
{
    QFETCH(const QByteArray, leak);
    LeakSearch search;
    search.add(secret("another one that is not there"));
    search.add(secret(token));
    QVERIFY(search.finds(around(leak)));
    QVERIFY(search.finds(leak));
}

void TestLeakSearch::aPieceIsFound_data()
{
    QTest::addColumn<int>("from");
    for (const int from : {0, 1, 23, 24, 500})
        QTest::addRow("from %d", from) << from;
}

void TestLeakSearch::aPieceIsFound()
{
    QFETCH(const int, from);
    QByteArray whole;
    for (int i = 0; i < 40; ++i)
        whole +=
            QByteArray::number(i * 7919 + 104729, 36) + '.' + QByteArray(13, char('a' + i % 26));
    LeakSearch search;
    search.add(secret(whole.constData()));
    QByteArray piece = whole.mid(from, 47 + 5); // the points do not count
    QVERIFY(search.finds(around(piece)));
    QVERIFY(search.finds(around(piece.insert(20, "\\n"))));
}

void TestLeakSearch::whatIsNoneIsNotFound()
{
    LeakSearch search;
    search.add(secret(token));
    search.add(secret("Password-9"));
    QVERIFY(!search.finds(around("not.a-real_token/of")));
    QVERIFY(!search.finds(around("Password-8 and a password")));
    QVERIFY(!search.finds(around("50% off \\ and \\u12 and a last \\")));
    QVERIFY(!search.finds({}));
}

void TestLeakSearch::aShortSecretIsFoundAsAWord()
{
    LeakSearch search;
    search.add(secret("123456"));
    QVERIFY(search.finds(around("the code 123456!")));
    QVERIFY(search.finds(around("12345\\u0036")));
    QVERIFY(!search.finds(around("2123456")));
    QVERIFY(!search.finds(around("12:34:56")));
}

void TestLeakSearch::aKeyOfBytesIsFound()
{
    QByteArray key;
    for (int i = 0; i < 32; ++i)
        key += static_cast<char>(200 - i * 3);
    LeakSearch search;
    search.add(Secret::fromBytes(key));
    QVERIFY(search.finds(around(key.toBase64())));
    QVERIFY(search.finds(around(key.toHex())));
    QVERIFY(!search.finds(around("nothing of the kind")));
}

void TestLeakSearch::anEmptySecretIsInNothing()
{
    LeakSearch search;
    search.add({});
    QVERIFY(!search.finds(around("x")));
}

QTEST_GUILESS_MAIN(TestLeakSearch)
#include "tst_leaksearch.moc"
