// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/tokenreply.h"

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

constexpr qint64 hour = 3600;

TokenReply parsed(const QByteArray &json)
{
    const auto reply = TokenReply::fromJson(json, azure());
    if (!reply)
        qFatal("no reply: %s", qPrintable(reply.error()));
    return *reply;
}

QString seedText(const QString &member)
{
    return QJsonDocument::fromJson(seedReply()).object().value(member).toString();
}

//! Milliseconds since 1970; 0 if there is no date.
qint64 milliseconds(const std::optional<WallTime> &time)
{
    return time ? time->time_since_epoch().count() : 0;
}

QByteArray replyWithTokens(const QByteArray &access, const QByteArray &refresh)
{
    const QJsonObject reply{{u"access_token"_s, QString::fromLatin1(access)},
        {u"refresh_token"_s, QString::fromLatin1(refresh)}};
    return QJsonDocument(reply).toJson();
}

} // namespace

class TestTokenReply final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void seedReplyIsReadMemberByMember_data();
    void seedReplyIsReadMemberByMember();
    void seedReplyIsWhole();
    void datesWithoutAZoneCountAsTheKindSays_data();
    void datesWithoutAZoneCountAsTheKindSays();
    void livesAreThoseOfTheKindWhereNothingTells();
    void claimsTellTheUser();
    void absentAndNullMembersAreEmpty_data();
    void absentAndNullMembersAreEmpty();
    void membersOfAnotherTypeAreEmpty_data();
    void membersOfAnotherTypeAreEmpty();
    void textsBeginWithNoByteOrderMark();
    void unknownMembersAreIgnored();
    void datesAreRead_data();
    void datesAreRead();
    void expiresInIsRead_data();
    void expiresInIsRead();
    void accessLifeComesFromTheFirstThatTells_data();
    void accessLifeComesFromTheFirstThatTells();
    void refreshLifeIsTheTokensOwn();
    void tokenTypeIsBearerInAnyCase_data();
    void tokenTypeIsBearerInAnyCase();
    void anotherTokenTypeIsRefused();
    void ticketWithoutAccessTokenAsksForACode();
    void ticketBesideAnAccessTokenDoesNot();
    void redirectionAloneAsksForSingleSignOn();
    void othersAreNoReply_data();
    void othersAreNoReply();
};

void TestTokenReply::seedReplyIsReadMemberByMember_data()
{
    QTest::addColumn<QVariant>("actual");
    QTest::addColumn<QVariant>("expected");
    const TokenReply reply = parsed(seedReply());
    const auto row = [](const char *member, const QVariant &actual, const QVariant &expected) {
        QTest::newRow(member) << actual << expected;
    };

    row("access_token", reply.accessToken.toString(), seedText(u"access_token"_s));
    row("token_type", reply.tokenType, u"bearer"_s);
    row("refresh_token", reply.refreshToken.toString(), seedText(u"refresh_token"_s));
    row("expires_in", qint64(reply.expiresIn->count()), qint64(3600));
    row(".issued", milliseconds(reply.issued), qint64(1633359844929));
    row(".expires", milliseconds(reply.expires), qint64(1633363444925));
    row("userId", reply.userId, u"6f4236c2-1626-4cfb-8eec-4961e57a0241"_s);
    row("username", reply.username, u"administrator"_s);
    row("roleName", reply.roleName, u"PortalAdmin"_s);
    row("userType", reply.userType, u"Internal"_s);
    row("latestNewsShown", reply.latestNewsShown.value(), true);
    row("mfa_enabled", reply.mfaEnabled.value(), false);
    row("shortLived", reply.shortLived.value(), false);
    row("(the access token is whole)", reply.accessToken.size(), qsizetype(774));
    row("(the refresh token is whole)", reply.refreshToken.size(), qsizetype(776));
}

void TestTokenReply::seedReplyIsReadMemberByMember()
{
    QFETCH(const QVariant, actual);
    QFETCH(const QVariant, expected);
    QCOMPARE(actual, expected);
}

void TestTokenReply::seedReplyIsWhole()
{
    QCOMPARE(QJsonDocument::fromJson(seedReply()).object().size(), 13);
    const TokenReply reply = parsed(seedReply());
    QVERIFY(reply.hasAccess());
    QVERIFY(!reply.needsCode());
    QVERIFY(!reply.needsSingleSignOn());
    QVERIFY(reply.mfaToken.isEmpty());
    QCOMPARE(reply.redirectTo, QString());
    QCOMPARE(reply.accessLife().count(), hour);
    QCOMPARE(reply.refreshLife()->count(), 14 * 24 * hour);
}

void TestTokenReply::datesWithoutAZoneCountAsTheKindSays_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("date");
    QTest::addColumn<bool>("isDate");
    QTest::newRow("local, none") << u"vbr"_s << u"2025-06-10T10:29:39"_s << false;
    QTest::newRow("local, offset") << u"vbr"_s << u"2025-06-10T10:29:39+02:00"_s << true;
    QTest::newRow("local, UTC") << u"vbr"_s << u"2025-06-10T08:29:39Z"_s << true;
    QTest::newRow("UTC, none") << u"aws"_s << u"2025-06-10T08:29:39"_s << true;
}

void TestTokenReply::datesWithoutAZoneCountAsTheKindSays()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, date);
    QFETCH(const bool, isDate);
    const auto reply =
        TokenReply::fromJson(seedReplyWith(u".issued"_s, date), shippedKinds().find(kind).value());
    QCOMPARE(reply->issued.has_value(), isDate);
    constexpr auto expected = WallTime(std::chrono::seconds(1749544179));
    QVERIFY(!isDate || reply->issued == expected);
}

void TestTokenReply::livesAreThoseOfTheKindWhereNothingTells()
{
    const QByteArray json = R"({"access_token":"opaque","refresh_token":"opaque too"})";
    const auto livesOf = [&json](const char *kind) {
        const Kind spoken = shippedKinds().find(QString::fromLatin1(kind)).value();
        const auto reply = TokenReply::fromJson(json, spoken);
        return std::pair(reply->accessLife(), reply->refreshLife());
    };
    QVERIFY(livesOf("vro")
        == std::pair(std::chrono::seconds(900s), std::optional(std::chrono::seconds(7200s))));
    QVERIFY(livesOf("azure")
        == std::pair(std::chrono::seconds(3600s), std::optional<std::chrono::seconds>()));
}

void TestTokenReply::claimsTellTheUser()
{
    const QByteArray token = jwt({{u"unique_name"_s, u"alenka"_s}, {u"role"_s, u"admin"_s}});
    const auto reply = TokenReply::fromJson(R"({"access_token":")" + token + "\"}", azure());
    QCOMPARE(reply->claimedUser, u"alenka"_s);
    QCOMPARE(reply->claimedRole, u"admin"_s);
    QCOMPARE(reply->username, QString());
}

void TestTokenReply::absentAndNullMembersAreEmpty_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");

    const auto members = {"token_type", "refresh_token", "expires_in", ".issued", ".expires",
        "userId", "username", "roleName", "userType", "latestNewsShown", "mfa_enabled",
        "shortLived", "mfa_token", "redirectTo"};
    for (const char *member : members) {
        QTest::addRow("%s absent", member)
            << QString::fromLatin1(member) << QJsonValue(QJsonValue::Undefined);
        QTest::addRow("%s null", member)
            << QString::fromLatin1(member) << QJsonValue(QJsonValue::Null);
    }
}

void TestTokenReply::absentAndNullMembersAreEmpty()
{
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, value);
    const TokenReply reply = parsed(seedReplyWith(member, value));
    QVERIFY(reply.hasAccess());
    QCOMPARE(reply.tokenType, u"bearer"_s);
    QCOMPARE(reply.refreshToken.isEmpty(), member == "refresh_token"_L1);
    QCOMPARE(!reply.expiresIn, member == "expires_in"_L1);
    QCOMPARE(!reply.issued, member == ".issued"_L1);
    QCOMPARE(!reply.expires, member == ".expires"_L1);
    QCOMPARE(reply.userId.isEmpty(), member == "userId"_L1);
    QCOMPARE(reply.username.isEmpty(), member == "username"_L1);
    QCOMPARE(reply.roleName.isEmpty(), member == "roleName"_L1);
    QCOMPARE(reply.userType.isEmpty(), member == "userType"_L1);
    QCOMPARE(!reply.latestNewsShown, member == "latestNewsShown"_L1);
    QCOMPARE(!reply.mfaEnabled, member == "mfa_enabled"_L1);
    QCOMPARE(!reply.shortLived, member == "shortLived"_L1);
    QVERIFY(reply.mfaToken.isEmpty() && reply.redirectTo.isEmpty());
}

void TestTokenReply::membersOfAnotherTypeAreEmpty_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");

    QTest::newRow("number for text") << u"username"_s << QJsonValue(7);
    QTest::newRow("object for text") << u"username"_s << QJsonValue(QJsonObject());
    QTest::newRow("text for flag") << u"shortLived"_s << QJsonValue(u"true"_s);
    QTest::newRow("number for date") << u".issued"_s << QJsonValue(1633359844);
    QTest::newRow("flag for number") << u"expires_in"_s << QJsonValue(true);
}

void TestTokenReply::membersOfAnotherTypeAreEmpty()
{
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, value);
    const TokenReply reply = parsed(seedReplyWith(member, value));
    QCOMPARE(reply.username.isEmpty(), member == "username"_L1);
    QCOMPARE(!reply.shortLived, member == "shortLived"_L1);
    QCOMPARE(!reply.issued, member == ".issued"_L1);
    QCOMPARE(!reply.expiresIn, member == "expires_in"_L1);
}

void TestTokenReply::textsBeginWithNoByteOrderMark()
{
    const QByteArray marks = "\xEF\xBB\xBF\xEF\xBB\xBF\xEF\xBB\xBF";
    const auto reply = TokenReply::fromJson(
        "{\"access_token\":\"" + marks + "a\",\"userType\":\"" + marks + "Internal\"}", azure());
    QVERIFY(reply);
    QCOMPARE(reply->accessToken, secret("a"));
    QCOMPARE(reply->userType, u"Internal"_s);
}

void TestTokenReply::unknownMembersAreIgnored()
{
    const TokenReply reply = parsed(seedReplyWith(u"scope"_s, QJsonObject{{u"a"_s, 1}}));
    QVERIFY(reply.accessToken == parsed(seedReply()).accessToken);
    QCOMPARE(reply.username, u"administrator"_s);
}

void TestTokenReply::datesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected"); // 0: no date
    const auto row = [](const char *name, const char *text, qint64 expected) {
        QTest::newRow(name) << QString::fromLatin1(text) << expected;
    };

    row("7 digits", "2021-10-04T15:04:04.9299072Z", 1633359844929);
    row("7 nines", "2021-10-04T15:04:04.9999999Z", 1633359844999);
    row("7 nines before midnight", "2021-12-31T23:59:59.9999999Z", 1640995199999);
    row("7 zeros", "2021-10-04T15:04:04.0000000Z", 1633359844000);
    row("6 digits", "2021-10-04T15:04:04.929907Z", 1633359844929);
    row("9 digits", "2021-10-04T15:04:04.929907212Z", 1633359844929);
    row("3 digits", "2021-10-04T15:04:04.929Z", 1633359844929);
    row("1 digit", "2021-10-04T15:04:04.9Z", 1633359844900);
    row("no fraction", "2021-10-04T15:04:04Z", 1633359844000);
    row("no zone", "2021-10-04T15:04:04.9299072", 1633359844929);
    row("another zone", "2021-10-04T17:04:04.9299072+02:00", 1633359844929);
    row("leap day", "2024-02-29T00:00:00Z", 1709164800000);
    row("year 1", "0001-01-01T00:00:00Z", 0);
    row("year 1 with a fraction", "0001-01-01T00:00:00.0000000Z", 0);
    row("before 1970", "1969-12-31T23:59:59Z", 0);
    row("before 1970 in UTC", "1970-01-01T00:59:59+01:00", 0);
    row("after 9999 in UTC", "9999-12-31T23:00:00-01:00", 0);
    row("no such day", "2021-02-30T00:00:00Z", 0);
    row("no date", "yesterday", 0);
    row("only a dot", ".", 0);
    row("a dot at the end", "2021-10-04T15:04:04.", 0);
    row("empty", "", 0);
}

void TestTokenReply::datesAreRead()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, expected);
    QCOMPARE(milliseconds(parsed(seedReplyWith(u".issued"_s, text)).issued), expected);
    QCOMPARE(milliseconds(parsed(seedReplyWith(u".expires"_s, text)).expires), expected);
}

void TestTokenReply::expiresInIsRead_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<qint64>("expected"); // 0: not given

    QTest::newRow("number") << QJsonValue(1800) << qint64(1800);
    QTest::newRow("text") << QJsonValue(u"1800"_s) << qint64(1800);
    QTest::newRow("one") << QJsonValue(1) << qint64(1);
    QTest::newRow("zero") << QJsonValue(0) << qint64(0);
    QTest::newRow("zero as text") << QJsonValue(u"0"_s) << qint64(0);
    QTest::newRow("negative") << QJsonValue(-3600) << qint64(0);
    QTest::newRow("negative as text") << QJsonValue(u"-3600"_s) << qint64(0);
    QTest::newRow("null") << QJsonValue(QJsonValue::Null) << qint64(0);
    QTest::newRow("missing") << QJsonValue(QJsonValue::Undefined) << qint64(0);
    QTest::newRow("no number") << QJsonValue(u"an hour"_s) << qint64(0);
    QTest::newRow("beyond all clocks") << QJsonValue(1e300) << qint64(0);
    QTest::newRow("beyond all clocks as text") << QJsonValue(u"9223372036854775807"_s) << qint64(0);
}

void TestTokenReply::expiresInIsRead()
{
    QFETCH(const QJsonValue, value);
    QFETCH(const qint64, expected);
    const TokenReply reply = parsed(seedReplyWith(u"expires_in"_s, value));
    QCOMPARE(reply.expiresIn ? qint64(reply.expiresIn->count()) : 0, expected);
}

void TestTokenReply::accessLifeComesFromTheFirstThatTells_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("expected");
    const QByteArray halfHour = jwt({{u"iat"_s, 1000}, {u"exp"_s, 2800}});

    QTest::newRow("expires_in") << seedReplyWith(u"expires_in"_s, 60) << qint64(60);
    QTest::newRow("the JWT, expires_in missing")
        << seedReplyWith(u"expires_in"_s, QJsonValue::Undefined) << hour;
    QTest::newRow("the JWT, expires_in negative") << seedReplyWith(u"expires_in"_s, -1) << hour;
    QTest::newRow("the JWT's own life") << replyWithTokens(halfHour, {}) << hour / 2;
    QTest::newRow("an opaque token") << replyWithTokens("opaque", {}) << hour;
    QTest::newRow("a JWT that does not tell") << replyWithTokens(jwt({}), {}) << hour;
}

void TestTokenReply::accessLifeComesFromTheFirstThatTells()
{
    QFETCH(const QByteArray, json);
    QFETCH(const qint64, expected);
    QCOMPARE(parsed(json).accessLife().count(), expected);
}

void TestTokenReply::refreshLifeIsTheTokensOwn()
{
    const QByteArray twoHours = jwt({{u"iat"_s, 1000}, {u"exp"_s, 8200}});
    QCOMPARE(parsed(replyWithTokens("a", twoHours)).refreshLife()->count(), 2 * hour);
    QVERIFY(!parsed(replyWithTokens("a", "opaque")).refreshLife());
    QVERIFY(!parsed(replyWithTokens("a", jwt({}))).refreshLife());
    QVERIFY(!parsed(replyWithTokens("a", {})).refreshLife());
}

void TestTokenReply::tokenTypeIsBearerInAnyCase_data()
{
    QTest::addColumn<QString>("type");

    QTest::newRow("lower") << u"bearer"_s;
    QTest::newRow("title") << u"Bearer"_s;
    QTest::newRow("upper") << u"BEARER"_s;
}

void TestTokenReply::tokenTypeIsBearerInAnyCase()
{
    QFETCH(const QString, type);
    QCOMPARE(parsed(seedReplyWith(u"token_type"_s, type)).tokenType, type);
}

void TestTokenReply::anotherTokenTypeIsRefused()
{
    const auto reply = TokenReply::fromJson(seedReplyWith(u"token_type"_s, u"mac"_s), azure());
    QVERIFY(!reply);
    QCOMPARE(reply.error(), u"a token type other than bearer"_s);
}

void TestTokenReply::ticketWithoutAccessTokenAsksForACode()
{
    const TokenReply reply = parsed(mfaReply());
    QVERIFY(reply.needsCode());
    QVERIFY(!reply.hasAccess());
    QVERIFY(!reply.needsSingleSignOn());
    QCOMPARE(reply.mfaToken.toString(), u"VGlja2V0+/=="_s);
    QVERIFY(!reply.expiresIn && !reply.issued && !reply.expires);
    QCOMPARE(reply.mfaEnabled.value(), true);
    QCOMPARE(reply.username, u"administrator"_s);
}

void TestTokenReply::ticketBesideAnAccessTokenDoesNot()
{
    const TokenReply reply = parsed(seedReplyWith(u"mfa_token"_s, u"ticket"_s));
    QVERIFY(reply.hasAccess());
    QVERIFY(!reply.needsCode());
}

void TestTokenReply::redirectionAloneAsksForSingleSignOn()
{
    const TokenReply reply = parsed(R"({"redirectTo": "https://idp.test/", "expires_in": 0})");
    QVERIFY(reply.needsSingleSignOn());
    QVERIFY(!reply.hasAccess() && !reply.needsCode());
    QVERIFY(!parsed(seedReplyWith(u"redirectTo"_s, u"https://idp.test/"_s)).needsSingleSignOn());
}

void TestTokenReply::othersAreNoReply_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("beginning");
    const QByteArray deep = QByteArray(100'000, '[') + QByteArray(100'000, ']');

    QTest::newRow("empty") << QByteArray() << u"not JSON: "_s;
    QTest::newRow("html") << QByteArray("<html>Welcome</html>") << u"not JSON: "_s;
    QTest::newRow("bytes") << QByteArray("\x00\xff\xfe{\x80", 6) << u"not JSON: "_s;
    QTest::newRow("cut off") << seedReply().chopped(20) << u"not JSON: "_s;
    QTest::newRow("two of them") << seedReply() + seedReply() << u"not JSON: "_s;
    QTest::newRow("100000 deep") << deep << u"not JSON: "_s;
    QTest::newRow("a member 100000 deep") << R"({"access_token":)" + deep + "}" << u"not JSON: "_s;
    QTest::newRow("array") << QByteArray("[]") << u"not a JSON object"_s;
    QTest::newRow("no tokens") << QByteArray("{}") << u"neither an access token"_s;
    QTest::newRow("empty access token")
        << seedReplyWith(u"access_token"_s, u""_s) << u"neither an access token"_s;
    QTest::newRow("null access token")
        << seedReplyWith(u"access_token"_s, QJsonValue::Null) << u"neither an access token"_s;
    QTest::newRow("access token without end") << seedReplyWith(u"access_token"_s,
        QString(300'000, u'a')) << u"a token that is too long"_s;
    QTest::newRow("refresh token without end") << seedReplyWith(u"refresh_token"_s,
        QString(300'000, u'a')) << u"a token that is too long"_s;
    QTest::newRow("access token that is no text")
        << seedReplyWith(u"access_token"_s, 7) << u"neither an access token"_s;
}

void TestTokenReply::othersAreNoReply()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, beginning);
    const auto reply = TokenReply::fromJson(json, azure());
    QVERIFY(!reply);
    QVERIFY2(reply.error().startsWith(beginning), qPrintable(reply.error()));
    QVERIFY(!reply.error().contains("eyJ"_L1));
}

QTEST_GUILESS_MAIN(TestTokenReply)
#include "tst_tokenreply.moc"
