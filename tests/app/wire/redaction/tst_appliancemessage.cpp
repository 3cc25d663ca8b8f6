// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/appliancemessage.h"

#include "wire/redaction/redactor.h"

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

Redactor redactorOf(const QList<Secret> &secrets)
{
    Redactor redactor;
    for (const Secret &secret : secrets)
        redactor.rememberCredential(secret);
    return redactor;
}

QByteArray detail(const QString &said)
{
    return "{\"detail\":\"" + said.toUtf8() + "\"}";
}

} // namespace

class TestApplianceMessage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void wordsAreFound_data();
    void wordsAreFound();
    void lookalikesAreCutOut_data();
    void lookalikesAreCutOut();
    void secretsAreWithheld_data();
    void secretsAreWithheld();
    void namesKeepTheirNumbers_data();
    void namesKeepTheirNumbers();
    void longWordsAreShortened();
    void charactersStayWholeAndHarmless();
};

void TestApplianceMessage::wordsAreFound_data()
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
    QTest::newRow("of RFC 6749") << QByteArray(
        R"({"error":"invalid_grant","error_description":"Wrong password"})")
                                 << u"Wrong password"_s;
    QTest::newRow("no strings") << QByteArray(R"({"title":7,"errors":[1]})") << QString();
    QTest::newRow("HTML") << QByteArray("<h1>502</h1>") << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("deep") << "{\"title\":" + QByteArray(100'000, '[') << QString();
}

void TestApplianceMessage::wordsAreFound()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, expected);
    QCOMPARE(applianceMessage(outcomeWith(body), {}), expected);
}

void TestApplianceMessage::lookalikesAreCutOut_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("expected");

    QTest::newRow("another's token")
        << u"but eyJhbGciOiJSUzUxMiJ9.eyJqdGkiOiIwNzFlYzJkZSJ9.c2ln is good"_s
        << u"but … is good"_s;
    QTest::newRow("another's code") << u"654321 it was, or 12345678"_s << u"… it was, or …"_s;
    QTest::newRow("another's code, with what is not shown")
        << u"654\\u200b321 it was"_s << u"… it was"_s;
    QTest::newRow("what is none") << u"in 2026 for 15 minutes"_s << u"in 2026 for 15 minutes"_s;
    QTest::newRow("a code, encoded") << u"it was &#x36;54321"_s << u"…"_s;
    QTest::newRow("a token, escaped")
        << u"but \\\\u0065yJhbGciOiJSUzUx\\\\u004diJ9.eyJqdGkiOiIwNzFlYzJkZSJ9 is good"_s << u"…"_s;
    QTest::newRow("a code with NULs") << u"6\\u00005\\u00004\\u00003\\u00002\\u00001"_s << u"…"_s;
}

void TestApplianceMessage::lookalikesAreCutOut()
{
    QFETCH(const QString, said);
    QTEST(applianceMessage(outcomeWith(detail(said)), {}), "expected");
}

void TestApplianceMessage::secretsAreWithheld_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("said");

    QTest::newRow("as it is") << u"p+a ss&w=ö%25"_s << u"not 'p+a ss&w=ö%25'!"_s;
    QTest::newRow("encoded") << u"p+a ss&w=ö%25"_s << u"not p%2ba%20ss%26w%3d%c3%b6%2525!"_s;
    QTest::newRow("a short code") << u"12ab"_s << u"wrong code 12ab!"_s;
    QTest::newRow("with what is not shown in it")
        << u"12ab"_s << u"wrong code 1\\u001f2a\\u202eb!"_s;
    QTest::newRow("two blanks") << u"correct  horse"_s << u"not correct  horse!"_s;
    QTest::newRow("two blanks, tidied") << u"correct  horse"_s << u"not correct horse!"_s;
    QTest::newRow("a tab") << u"correct\thorse"_s << u"not correct\\thorse!"_s;
    QTest::newRow("at the edge") << u" horse "_s << u"not horse !"_s;
    QTest::newRow("in HTML") << u"a<b&c"_s << u"not a&lt;b&amp;c!"_s;
}

void TestApplianceMessage::secretsAreWithheld()
{
    QFETCH(const QString, secret);
    QFETCH(const QString, said);
    const Redactor redactor = redactorOf({Secret::fromString(secret)});
    QCOMPARE(applianceMessage(outcomeWith(detail(said)), redactor), u"…"_s);
    QCOMPARE(applianceMessage(outcomeWith(detail(u"Locked."_s)), redactor), u"Locked."_s);
}

void TestApplianceMessage::namesKeepTheirNumbers_data()
{
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("expected");

    QTest::newRow("a role") << u"PortalAdmin"_s << u"PortalAdmin"_s;
    QTest::newRow("an id") << u"12345678-7a9c-4b1d-8e2f-123456789abc"_s
                           << u"12345678-7a9c-4b1d-8e2f-123456789abc"_s;
    QTest::newRow("a secret") << u"by p%2Ba"_s << u"…"_s;
    QTest::newRow("a token") << u"eyJhbGciOiJSUzUxMiJ9.eyJqdGkiOiIwNzFlYzJkZSJ9.c2ln"_s << u"…"_s;
    QTest::newRow("what a terminal obeys") << u" a\u001b[2J\nb "_s << u"a[2J b"_s;
}

void TestApplianceMessage::namesKeepTheirNumbers()
{
    QFETCH(const QString, told);
    QTEST(nameFrom(told, redactorOf({secret("p+a")})), "expected");
}

void TestApplianceMessage::longWordsAreShortened()
{
    const QByteArray body = "{\"title\":\"" + QByteArray("ab ").repeated(1000) + "\"}";
    const QString words = applianceMessage(outcomeWith(body), {});
    QCOMPARE(words.size(), 200);
    QVERIFY(words.endsWith(u'…'));
}

void TestApplianceMessage::charactersStayWholeAndHarmless()
{
    for (int before = 190; before < 200; ++before) {
        const QByteArray said = QByteArray("word ").repeated(40).first(before) + "\U0001F600"
            + QByteArray("\U0001F600").repeated(20);
        const QString words = applianceMessage(outcomeWith("{\"title\":\"" + said + "\"}"), {});
        QVERIFY(words.size() <= 200);
        QCOMPARE(words, QString::fromUtf8(words.toUtf8()));
        QVERIFY(!words.contains(QChar::ReplacementCharacter) || words.size() > 190);
        for (const QChar character : words)
            QVERIFY(!character.isSurrogate() || words.isValidUtf16());
    }
    QCOMPARE(applianceMessage(outcomeWith("{\"title\":\"a\\ud800b\"}"), {}).isValidUtf16(), true);
    QCOMPARE(applianceMessage(outcomeWith("{\"title\":\"a\\u202eb\\u001b[2Jc\\u009bd\"}"), {}),
        u"ab[2Jcd"_s);
}

QTEST_GUILESS_MAIN(TestApplianceMessage)
#include "tst_appliancemessage.moc"
