// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/claims.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

WallTime at(qint64 seconds)
{
    return WallTime(std::chrono::seconds(seconds));
}

QByteArray seedToken(const QString &member)
{
    return QJsonDocument::fromJson(seedReply()).object().value(member).toString().toUtf8();
}

} // namespace

class TestClaims final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void seedTokensAreRead_data();
    void seedTokensAreRead();
    void otherTextsHaveNoClaims_data();
    void otherTextsHaveNoClaims();
    void datesAreNumbersOfSeconds_data();
    void datesAreNumbersOfSeconds();
    void lifeIsFromIssueToEnd_data();
    void lifeIsFromIssueToEnd();
    void absentClaimsAreEmpty();
};

void TestClaims::seedTokensAreRead_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<qint64>("expires");
    QTest::addColumn<qint64>("life");

    QTest::newRow("access token") << u"access_token"_s << qint64(1633363444) << qint64(3600);
    QTest::newRow("refresh token") << u"refresh_token"_s << qint64(1634569444) << qint64(1209600);
}

void TestClaims::seedTokensAreRead()
{
    QFETCH(const QString, member);
    QFETCH(const qint64, expires);
    QFETCH(const qint64, life);
    const auto claims = Claims::fromJwt(seedToken(member));
    QVERIFY(claims);
    QCOMPARE(claims->userName, u"alenka"_s);
    QCOMPARE(claims->role, u"PortalAdmin"_s);
    QVERIFY(claims->issuedAt == at(1633359844));
    QVERIFY(claims->expiresAt == at(expires));
    QVERIFY(claims->life() == std::chrono::seconds(life));
}

void TestClaims::otherTextsHaveNoClaims_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray payload =
        QByteArray("{\"role\":\"x\"}").toBase64(QByteArray::Base64UrlEncoding);

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("opaque") << QByteArray("f3b1c2d4e5");
    QTest::newRow("two parts") << "e30." + payload;
    QTest::newRow("four parts") << "e30." + payload + ".a.b";
    QTest::newRow("not base64") << QByteArray("e30.!!!!.sig");
    QTest::newRow("not base64, though it would be JSON without the rest")
        << QByteArray("e30.e!30.sig");
    QTest::newRow("not base64url") << QByteArray("e30.eyJhIjoi+/8ifQ.sig");
    QTest::newRow("not JSON") << "e30." + QByteArray("nonsense").toBase64() + ".sig";
    QTest::newRow("not an object") << "e30." + QByteArray("[1]").toBase64() + ".sig";
    QTest::newRow("empty parts") << QByteArray("..");
}

void TestClaims::otherTextsHaveNoClaims()
{
    QFETCH(const QByteArray, token);
    QVERIFY(!Claims::fromJwt(token));
}

void TestClaims::datesAreNumbersOfSeconds_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<qint64>("milliseconds"); // 0: no date

    QTest::newRow("whole") << QJsonValue(1633359844) << qint64(1633359844000);
    QTest::newRow("with a fraction") << QJsonValue(1633359844.25) << qint64(1633359844250);
    QTest::newRow("zero") << QJsonValue(0) << qint64(0);
    QTest::newRow("negative") << QJsonValue(-5) << qint64(0);
    QTest::newRow("beyond all years") << QJsonValue(1e300) << qint64(0);
    QTest::newRow("last of year 9999") << QJsonValue(253402300799.0) << qint64(253402300799000);
    QTest::newRow("year 10000") << QJsonValue(253402300800.0) << qint64(0);
    QTest::newRow("text") << QJsonValue(u"1633359844"_s) << qint64(0);
    QTest::newRow("null") << QJsonValue(QJsonValue::Null) << qint64(0);
}

void TestClaims::datesAreNumbersOfSeconds()
{
    QFETCH(const QJsonValue, value);
    QFETCH(const qint64, milliseconds);
    const auto claims = Claims::fromJwt(jwt({{u"iat"_s, value}, {u"exp"_s, value}}));
    QVERIFY(claims);
    const auto expected =
        milliseconds > 0 ? std::optional(WallTime(Milliseconds(milliseconds))) : std::nullopt;
    QVERIFY(claims->issuedAt == expected);
    QVERIFY(claims->expiresAt == expected);
}

void TestClaims::lifeIsFromIssueToEnd_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<qint64>("life"); // 0: not given

    QTest::newRow("in order") << QJsonObject{{u"iat"_s, 1000}, {u"exp"_s, 1900}} << qint64(900);
    QTest::newRow("one moment") << QJsonObject{{u"iat"_s, 1000}, {u"exp"_s, 1000}} << qint64(0);
    QTest::newRow("reversed") << QJsonObject{{u"iat"_s, 1000}, {u"exp"_s, 900}} << qint64(0);
    QTest::newRow("no end") << QJsonObject{{u"iat"_s, 1000}} << qint64(0);
    QTest::newRow("no issue") << QJsonObject{{u"exp"_s, 1000}} << qint64(0);
    QTest::newRow("less than a second")
        << QJsonObject{{u"iat"_s, 1000}, {u"exp"_s, 1000.5}} << qint64(0);
    QTest::newRow("cut to seconds")
        << QJsonObject{{u"iat"_s, 1000}, {u"exp"_s, 1900.9}} << qint64(900);
}

void TestClaims::lifeIsFromIssueToEnd()
{
    QFETCH(const QJsonObject, claims);
    QFETCH(const qint64, life);
    const auto read = Claims::fromJwt(jwt(claims));
    QVERIFY(read);
    QVERIFY(read->life() == (life > 0 ? std::optional(std::chrono::seconds(life)) : std::nullopt));
}

void TestClaims::absentClaimsAreEmpty()
{
    const auto claims = Claims::fromJwt(jwt({{u"role"_s, 7}}));
    QVERIFY(claims);
    QCOMPARE(claims->userName, QString());
    QCOMPARE(claims->role, QString());
    QVERIFY(!claims->issuedAt && !claims->expiresAt && !claims->life());
}

QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
