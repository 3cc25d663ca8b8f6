// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/words.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

HttpOutcome outcomeWith(const QByteArray &body)
{
    HttpOutcome outcome;
    outcome.status = 401;
    outcome.body = body;
    return outcome;
}

const PasswordGrant passwordGrant{u"operator"_s, secret("p+a ss&w=ö%25"), false};

} // namespace

class TestWords final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void wordsAreFound_data();
    void wordsAreFound();
    void secretsAreCutOut_data();
    void secretsAreCutOut();
    void secretsWithBlanksAreCutOut_data();
    void secretsWithBlanksAreCutOut();
    void longWordsAreShortened();
    void charactersStayWholeAndHarmless();
};

void TestWords::wordsAreFound_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");

    QTest::newRow("title") << QByteArray(R"({"title":"Unauthorized"})") << u"Unauthorized"_s;
    QTest::newRow("title and detail")
        << QByteArray(R"({"title":"Unauthorized","detail":"The user\n is  locked."})")
        << u"Unauthorized The user is locked."_s;
    QTest::newRow("the same twice")
        << QByteArray(R"({"title":"Locked","detail":"Locked"})") << u"Locked"_s;
    QTest::newRow("field errors") << QByteArray(
        R"({"title":"Bad","errors":{"Mfa_code":["It is wrong."]}})")
                                  << u"Bad It is wrong."_s;
    QTest::newRow("a sibling's spelling")
        << QByteArray(R"({"message":"Access denied"})") << u"Access denied"_s;
    QTest::newRow("no strings") << QByteArray(R"({"title":7,"errors":[1]})") << QString();
    QTest::newRow("HTML") << QByteArray("<h1>502</h1>") << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("deep") << "{\"title\":" + QByteArray(100'000, '[') << QString();
}

void TestWords::wordsAreFound()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, expected);
    QCOMPARE(wordsOf(outcomeWith(body), passwordGrant), expected);
}

void TestWords::secretsAreCutOut_data()
{
    QTest::addColumn<int>("grant");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("expected");

    QTest::newRow("password") << 0 << u"not 'p+a ss&w=ö%25'!"_s << u"not '…'!"_s;
    QTest::newRow("password, encoded")
        << 0 << u"not p%2Ba%20ss%26w%3D%C3%B6%2525!"_s << u"not …!"_s;
    QTest::newRow("encoded with small letters")
        << 0 << u"not p%2ba%20ss%26w%3d%c3%b6%2525!"_s << u"not …!"_s;
    QTest::newRow("code") << 1 << u"wrong code 12ab!"_s << u"wrong code …!"_s;
    QTest::newRow("ticket") << 1 << u"ticket t-1 is dead"_s << u"ticket … is dead"_s;
    QTest::newRow("refresh token") << 2 << u"token refresh-1 is spent"_s << u"token … is spent"_s;
    QTest::newRow("another's token")
        << 0 << u"but eyJhbGciOiJSUzUxMiJ9.eyJqdGkiOiIwNzFlYzJkZSJ9.c2ln is good"_s
        << u"but … is good"_s;
    QTest::newRow("another's code") << 0 << u"654321 it was, or 12345678"_s << u"… it was, or …"_s;
    QTest::newRow("what is none") << 0 << u"in 2026 for 15 minutes"_s
                                  << u"in 2026 for 15 minutes"_s;
}

void TestWords::secretsAreCutOut()
{
    QFETCH(const int, grant);
    QFETCH(const QString, said);
    QFETCH(const QString, expected);
    const Grant grants[] = {
        passwordGrant, MfaGrant{secret("t-1"), secret("12ab")}, RefreshGrant{secret("refresh-1")}};
    const QByteArray body = "{\"detail\":\"" + said.toUtf8() + "\"}";
    QCOMPARE(wordsOf(outcomeWith(body), grants[grant]), expected);
}

void TestWords::secretsWithBlanksAreCutOut_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("said");

    QTest::newRow("two blanks") << u"correct  horse"_s << u"not correct  horse!"_s;
    QTest::newRow("two blanks, tidied") << u"correct  horse"_s << u"not correct horse!"_s;
    QTest::newRow("a tab") << u"correct\thorse"_s << u"not correct\\thorse!"_s;
    QTest::newRow("at the edge") << u" horse "_s << u"not horse !"_s;
    QTest::newRow("in HTML") << u"a<b&c"_s << u"not a&lt;b&amp;c!"_s;
}

void TestWords::secretsWithBlanksAreCutOut()
{
    QFETCH(const QString, password);
    QFETCH(const QString, said);
    const PasswordGrant grant{u"operator"_s, Secret::fromString(password), false};
    const QString words = wordsOf(outcomeWith("{\"detail\":\"" + said.toUtf8() + "\"}"), grant);
    QVERIFY2(words.contains(u'…'), qPrintable(words));
    QVERIFY2(!words.contains(u"horse"_s) && !words.contains(u"a&lt;b"_s), qPrintable(words));
}

void TestWords::longWordsAreShortened()
{
    const QByteArray body = "{\"title\":\"" + QByteArray("ab ").repeated(1000) + "\"}";
    const QString words = wordsOf(outcomeWith(body), passwordGrant);
    QCOMPARE(words.size(), 200);
    QVERIFY(words.endsWith(u'…'));
}

void TestWords::charactersStayWholeAndHarmless()
{
    for (int before = 190; before < 200; ++before) {
        const QByteArray said = QByteArray("word ").repeated(40).first(before) + "\U0001F600"
            + QByteArray("\U0001F600").repeated(20);
        const QString words = wordsOf(outcomeWith("{\"title\":\"" + said + "\"}"), passwordGrant);
        QVERIFY(words.size() <= 200);
        QCOMPARE(words, QString::fromUtf8(words.toUtf8()));
        QVERIFY(!words.contains(QChar::ReplacementCharacter) || words.size() > 190);
        for (const QChar character : words)
            QVERIFY(!character.isSurrogate() || words.isValidUtf16());
    }
    QCOMPARE(wordsOf(outcomeWith("{\"title\":\"a\\ud800b\"}"), passwordGrant).isValidUtf16(), true);
    QCOMPARE(wordsOf(outcomeWith("{\"title\":\"a\\u202eb\\u001b[2Jc\\u009bd\"}"), passwordGrant),
        u"ab[2Jcd"_s);
}

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
