// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/redactor.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUrl>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"p+a ss&w=ö%25"_s;

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QString withNuls(const QString &text)
{
    QString result;
    for (const QChar character : text)
        result.append(character).append(QChar());
    return result;
}

//! 320 characters without a pattern.
QByteArray longToken()
{
    QByteArray token;
    for (int i = 0; i < 10; ++i)
        token += QByteArray::number(qHash(i, 7), 36).rightJustified(32, 'x', true);
    return token;
}

} // namespace

class TestRedactor final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void marksWithoutEndTakeNoTime();
    void secretIsWithheld_data();
    void secretIsWithheld();
    void otherWordsAreTold_data();
    void otherWordsAreTold();
    void shortSecretIsAWordOfItsOwn_data();
    void shortSecretIsAWordOfItsOwn();
    void partsOfALongOneAreFound_data();
    void partsOfALongOneAreFound();
    void allSortsAreRemembered();
    void onlyAccessTokensMayBeGiven();
    void newestAreRemembered();
    void heldOnesAreNotPushedOut();
    void longTextIsCut();
    void noiseHidesNothing();
    void knowsNothingAtFirst();
};

void TestRedactor::secretIsWithheld_data()
{
    QTest::addColumn<QString>("text");
    const QByteArray utf8 = password.toUtf8();
    const QByteArray percent = QUrl::toPercentEncoding(password);

    QTest::newRow("as it is") << u"not '%1'!"_s.arg(password);
    QTest::newRow("alone") << password;
    QTest::newRow("in capitals") << u"not %1!"_s.arg(password.toUpper());
    QTest::newRow("in small letters") << u"not %1!"_s.arg(password.toLower());
    QTest::newRow("other blanks") << u"not p+a \t ss&w=ö%25!"_s;
    QTest::newRow("no blanks") << u"not p+ass&w=ö%25!"_s;
    QTest::newRow("letters apart") << u"p + a s s & w = ö % 2 5"_s;
    QTest::newRow("zero width in between") << u"p+a\u200b ss&\u200bw=ö%25"_s;
    QTest::newRow("decomposed") << password.normalized(QString::NormalizationForm_D);
    QTest::newRow("wide") << u"ｐ＋ａ　ｓｓ＆ｗ＝ö％２５"_s;
    QTest::newRow("percent") << QString::fromLatin1("a=" + percent + "&b");
    QTest::newRow("percent in small letters") << QString::fromLatin1(percent.toLower());
    QTest::newRow("percent twice") << QString::fromLatin1(percent.toPercentEncoding());
    QTest::newRow("form") << QString::fromLatin1(QByteArray(percent).replace("%20", "+"));
    QTest::newRow("HTML") << password.toHtmlEscaped();
    QTest::newRow("JSON") << u"p\\u002ba ss\\u0026w=\\u00F6%25"_s;
    QTest::newRow("NULs in between") << u"not "_s + withNuls(password);
    QTest::newRow("Base64") << u"got: "_s + base64(utf8);
    QTest::newRow("Base64, one byte on") << u"got: "_s + base64('<' + utf8);
    QTest::newRow("Base64, two bytes on") << u"got: "_s + base64("<<" + utf8 + ">>");
    QTest::newRow("Base64 in a word") << u"got"_s + base64(utf8) + u"then"_s;
    QTest::newRow("Base64 for URLs") << QString::fromLatin1(
        utf8.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    QTest::newRow("Base64 of UTF-16") << base64(withNuls(password).toLatin1());
    QTest::newRow("hex") << u"got "_s + QString::fromLatin1(utf8.toHex());
    QTest::newRow("hex in capitals") << QString::fromLatin1(utf8.toHex(':').toUpper());
    QTest::newRow("hex of UTF-16") << QString::fromLatin1(withNuls(password).toLatin1().toHex());
    QTest::newRow("Base64 of capitals") << base64(password.toUpper().toUtf8());
    QTest::newRow("Base64 of a form") << base64("Username=a&Password=" + percent + "&b=c");
    QTest::newRow("Base64 of HTML") << base64("not " + password.toHtmlEscaped().toUtf8());
    QTest::newRow("hex of Base64") << QString::fromLatin1(utf8.toBase64().toHex());
}

void TestRedactor::secretIsWithheld()
{
    QFETCH(const QString, text);
    Redactor redactor;
    redactor.rememberCredential(Secret::fromString(password));
    QVERIFY(redactor.finds(text));
    QCOMPARE(redactor.redacted(text), Redactor::withheld);
}

void TestRedactor::otherWordsAreTold_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << QString();
    QTest::newRow("a sentence") << u"The user name or password is incorrect."_s;
    QTest::newRow("a role") << u"PortalAdmin"_s;
    QTest::newRow("many words")
        << u"One or more validation errors occurred: short_lived_refresh_token "
           "is not valid. See https://tools.ietf.org/html/rfc9110#section-15"
           ".5.2 & page 12+, or ask <administrator@backup.example.com>, "
           "100%, id 0b5f6a3e-7a9c-4b1d-8e2f-123456789abc"_s;
    QTest::newRow("an id") << u"0b5f6a3e-7a9c-4b1d-8e2f-123456789abc"_s;
    QTest::newRow("half of it") << u"p+a ss"_s;
    QTest::newRow("some percent") << u"100%25 of 25 %"_s;
    QTest::newRow("a smile") << u"\U0001F600"_s;
}

void TestRedactor::otherWordsAreTold()
{
    QFETCH(const QString, text);
    Redactor redactor;
    redactor.rememberCredential(Secret::fromString(password));
    redactor.rememberCredential(secret("90807060"));
    QCOMPARE(redactor.redacted(text), text);
}

void TestRedactor::shortSecretIsAWordOfItsOwn_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("isFound");

    QTest::newRow("alone") << u"pw"_s << true;
    QTest::newRow("a word") << u"not 'PW', that one"_s << true;
    QTest::newRow("a word, percent-encoded") << u"not%20%70w"_s << true;
    QTest::newRow("in a word") << u"the pwd or hpw"_s << false;
    QTest::newRow("beside a digit") << u"pw1 1pw"_s << false;
    QTest::newRow("Base64") << u"cHc="_s << false;
}

void TestRedactor::shortSecretIsAWordOfItsOwn()
{
    QFETCH(const QString, said);
    Redactor redactor;
    redactor.rememberCredential(secret("pw"));
    QTEST(redactor.finds(said), "isFound");
}

void TestRedactor::partsOfALongOneAreFound_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("isFound");
    const QByteArray token = longToken();

    QTest::newRow("all of it") << QString::fromLatin1(token) << true;
    QTest::newRow("its beginning") << QString::fromLatin1(token.first(50)) << true;
    QTest::newRow("its end") << QString::fromLatin1(token.last(50)) << true;
    for (int at = 0; at < 40; ++at)
        QTest::addRow("47 from %d", at) << QString::fromLatin1(token.mid(at, 47)) << true;
    QTest::newRow("in Base64") << QString::fromLatin1(token.mid(33, 60).toBase64()) << true;
    QTest::newRow("15") << QString::fromLatin1(token.first(15)) << false;
}

void TestRedactor::partsOfALongOneAreFound()
{
    QFETCH(const QString, said);
    Redactor redactor;
    redactor.rememberRefreshToken(Secret::fromBytes(longToken()));
    QTEST(redactor.finds(u"it was "_s + said), "isFound");
}

void TestRedactor::allSortsAreRemembered()
{
    Redactor redactor;
    redactor.rememberCredential(secret("90807060"));
    redactor.rememberRefreshToken(secret("refresh-1"));
    redactor.rememberAccessToken(secret("access-1"));
    for (const QString &said : {u"90 80 70 60"_s, u"Refresh-1"_s, u"access%2d1"_s})
        QVERIFY2(redactor.finds(said), qPrintable(said));
}

void TestRedactor::onlyAccessTokensMayBeGiven()
{
    Redactor redactor;
    redactor.rememberCredential(secret("ticket-1"));
    redactor.rememberRefreshToken(secret("refresh-1"));
    redactor.rememberAccessToken(secret("access-1"));
    QVERIFY(redactor.forbids(secret("ticket-1")));
    QVERIFY(redactor.forbids(secret("refresh-1")));
    QVERIFY(redactor.forbids(secret("REFRESH-1 ")));
    QVERIFY(!redactor.forbids(secret("access-1")));
    QVERIFY(!redactor.forbids(secret("refresh-1x")));
    redactor.rememberRefreshToken(secret("access-1"));
    QVERIFY(redactor.forbids(secret("access-1")));
}

void TestRedactor::newestAreRemembered()
{
    Redactor redactor;
    redactor.rememberCredential(secret("password-1"));
    for (int i = 100; i < 132; ++i) {
        redactor.rememberRefreshToken(Secret::fromString(u"refresh-%1"_s.arg(i)));
        redactor.rememberRefreshToken(secret("refresh-100"));
    }
    QVERIFY(redactor.finds(u"password-1"_s));
    QVERIFY(redactor.finds(u"refresh-100"_s));
    QVERIFY(redactor.finds(u"refresh-131"_s));
    redactor.rememberRefreshToken(secret("refresh-132"));
    QVERIFY(!redactor.finds(u"refresh-101"_s));
    QVERIFY(redactor.finds(u"refresh-102"_s));
}

void TestRedactor::heldOnesAreNotPushedOut()
{
    Redactor redactor;
    redactor.hold(Redactor::Role::Password, secret("password-1"));
    redactor.hold(Redactor::Role::Ticket, secret("ticket-1"));
    redactor.hold(Redactor::Role::RefreshToken, secret("refresh-1"));
    redactor.hold(Redactor::Role::AccessToken, secret("access-1"));
    redactor.hold(Redactor::Role::Password, {});
    for (int i = 100; i < 140; ++i) {
        redactor.rememberCredential(Secret::fromString(u"wrong-%1"_s.arg(i)));
        redactor.rememberRefreshToken(Secret::fromString(u"spent-%1"_s.arg(i)));
    }
    for (const char *held : {"password-1", "ticket-1", "refresh-1", "access-1"})
        QVERIFY2(redactor.finds(QString::fromLatin1(held)), held);
    QVERIFY(redactor.forbids(secret("refresh-1")));
    QVERIFY(!redactor.forbids(secret("access-1")));
    redactor.hold(Redactor::Role::Password, secret("password-2"));
    QVERIFY(redactor.finds(u"password-2"_s));
    QVERIFY(!redactor.finds(u"password-1"_s));
}

void TestRedactor::longTextIsCut()
{
    Redactor redactor;
    redactor.rememberCredential(Secret::fromString(password));
    const QString text = u"word "_s.repeated(1000);
    QCOMPARE(redactor.redacted(text), text.first(Redactor::longest));
    QCOMPARE(redactor.redacted(text + password), text.first(Redactor::longest));
}

// Contains so much decodable text that not all decodings of the secret can be tried.
void TestRedactor::noiseHidesNothing()
{
    QByteArray noise = "\\u0025+&amp;%2541%3d6162636465 QUJDREVGR0g+";
    for (int i = 0; i < 2; ++i)
        noise += noise.toBase64() + ' ' + noise.toHex();
    const QByteArray nested =
        password.toUtf8().toBase64().toHex().toPercentEncoding({}, "0123456789");
    Redactor redactor;
    redactor.rememberCredential(Secret::fromString(password));
    QVERIFY(noise.size() + nested.size() < Redactor::longest);
    QCOMPARE(redactor.redacted(QString::fromLatin1(noise + ' ' + nested)), Redactor::withheld);
}

//! An appliance, or a program that signs in, chooses what is remembered here.
void TestRedactor::marksWithoutEndTakeNoTime()
{
    const QString marks = u'a' + u"\u0301\u0323"_s.repeated(15'000);
    QElapsedTimer timer;
    timer.start();
    Redactor redactor;
    redactor.rememberCredential(Secret::fromBytes(marks.toUtf8()));
    QCOMPARE(redactor.redacted(marks.left(Redactor::longest)), Redactor::withheld);
    QVERIFY(timer.elapsed() < 5000);
}

void TestRedactor::knowsNothingAtFirst()
{
    Redactor redactor;
    redactor.rememberCredential({});
    redactor.rememberCredential(secret("  "));
    QVERIFY(!redactor.forbids({}));
    QCOMPARE(redactor.redacted(u"a  b"_s), u"a  b"_s);
}

QTEST_GUILESS_MAIN(TestRedactor)
#include "tst_redactor.moc"
