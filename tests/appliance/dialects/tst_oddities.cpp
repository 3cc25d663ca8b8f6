// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/testclient.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace latchkey::appliance;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString password = u"p+a ss&w=ö%25"_s;
const QByteArray vbrVersion = "1.3-rev2";

Fields passwordOf(const QString &user, const QString &grant = u"password"_s)
{
    return {{u"grant_type"_s, grant}, {u"username"_s, user}, {u"password"_s, password}};
}

Fields refreshOf(const Answer &session)
{
    return {{u"grant_type"_s, u"refresh_token"_s},
        {u"refresh_token"_s, session.text("refresh_token"_L1)}};
}

QJsonObject jwtPart(const QString &token, int part)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(token.toLatin1().split('.').value(part),
                                       QByteArray::Base64UrlEncoding))
        .object();
}

qint64 lifeOf(const QString &token)
{
    const QJsonObject claims = jwtPart(token, 1);
    return claims["exp"_L1].toInteger() - claims["iat"_L1].toInteger();
}

Headers version(const QByteArray &value)
{
    return {{"x-api-version", value}};
}

Headers bearer(const Answer &session)
{
    return {{"Authorization", "Bearer " + session.text("access_token"_L1).toLatin1()}};
}

QByteArray basic(const QByteArray &pair)
{
    return "Basic " + pair.toBase64();
}

} // namespace

//! What one kind does and no other, and what the sources leave open.
class TestOddities final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_client = std::make_unique<TestClient>(); }
    void cleanup() { m_client.reset(); }

    void vbrSpellsByVersion_data();
    void vbrSpellsByVersion();
    void vbrRotatesAlways();
    void vbrTellsTheTime();
    void vbrRepliesVary();
    void versionsAreRefusedInWords_data();
    void versionsAreRefusedInWords();
    void shortLivesAreThoseOfTheKind_data();
    void shortLivesAreThoseOfTheKind();
    void awsLeadsToItsIdentityProvider();
    void gcpLogsOutWhereItIsTold();
    void m365ServesItsVersions();
    void m365WantsItsCookie();
    void m365TakesJson();
    void oneTakesDomainsAndMultipart();
    void oneRefusesAnUnknownToken();
    void vspcEndsTokensOfTheirOwnerOnly();
    void vspcHidesTheId();
    void vroTakesAFormIfTold();
    void oauth2KnowsItsClient_data();
    void oauth2KnowsItsClient();
    void oauth2RevokesWhatever();
    void faultsMeetEveryKind();

private:
    [[nodiscard]] Answer token(const QString &path, const Fields &fields,
        const Headers &headers = {}, const QString &media = u"form"_s)
    {
        return m_client->send({.path = path, .media = media, .fields = fields, .headers = headers});
    }
    [[nodiscard]] Answer vbr(const Fields &fields, const QByteArray &apiVersion = vbrVersion)
    {
        return token(u"/api/oauth2/token"_s, fields, version(apiVersion));
    }
    [[nodiscard]] Answer get(const QString &path, const Headers &headers = {})
    {
        return m_client->send({.method = "GET", .path = path, .media = {}, .headers = headers});
    }

    std::unique_ptr<TestClient> m_client;
};

void TestOddities::vbrSpellsByVersion_data()
{
    QTest::addColumn<QByteArray>("apiVersion");
    QTest::addColumn<QString>("grant");
    QTest::addColumn<int>("status");

    QTest::newRow("1.3, title case") << "1.3-rev0"_ba << u"Password"_s << 200;
    QTest::newRow("1.3, lower case") << "1.3-rev0"_ba << u"password"_s << 400;
    QTest::newRow("1.2, title case") << "1.2-rev1"_ba << u"Password"_s << 400;
    QTest::newRow("1.2, lower case") << "1.2-rev1"_ba << u"password"_s << 200;
}

void TestOddities::vbrSpellsByVersion()
{
    QFETCH(const QByteArray, apiVersion);
    QFETCH(const QString, grant);
    QVERIFY(m_client->start(u"vbr"_s));
    QTEST(vbr(passwordOf(u"operator"_s, grant), apiVersion).status, "status");
}

void TestOddities::vbrRotatesAlways()
{
    QVERIFY(m_client->start(u"vbr"_s, {u"rotation=lenient"_s}));
    const Answer session = vbr(passwordOf(u"operator"_s), "1.2-rev0");
    QCOMPARE(vbr(refreshOf(session), "1.2-rev0").status, 200);
    QCOMPARE(vbr(refreshOf(session), "1.2-rev0").status, 401);
}

void TestOddities::vbrTellsTheTime()
{
    QVERIFY(m_client->start(u"vbr"_s));
    QCOMPARE(get(u"/api/v1/serverTime"_s).status, 400);
    const Answer answer = get(u"/api/v1/serverTime"_s, version(vbrVersion));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.text("serverTime"_L1).endsWith("+02:00"_L1));
    QVERIFY(answer.json.contains("timeZone"_L1));
}

void TestOddities::vbrRepliesVary()
{
    QVERIFY(m_client->start(u"vbr"_s, {u"dates=bare"_s, u"usernameInReply=true"_s}));
    const Answer answer = vbr(passwordOf(u"operator"_s, u"Password"_s));
    QCOMPARE(answer.text("username"_L1), u"operator"_s);
    QCOMPARE(answer.text(".issued"_L1).size(), 19);
    QCOMPARE(jwtPart(answer.text("access_token"_L1), 1)["aud"_L1], u"access"_s);
    const QJsonObject refresh = jwtPart(answer.text("refresh_token"_L1), 1);
    QCOMPARE(refresh["aud"_L1], u"refresh"_s);
    QCOMPARE(refresh["short_term_expiration"_L1], u"False"_s);
    QVERIFY(m_client->control("POST", u"/switches"_s, {{u"dates"_s, u"offset"_s}}).status == 200);
    const Answer next = vbr(passwordOf(u"operator"_s, u"Password"_s));
    QVERIFY(next.text(".expires"_L1).endsWith("+02:00"_L1));
}

void TestOddities::versionsAreRefusedInWords_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("part");

    QTest::newRow("header") << u"header"_s << u"x-api-version"_s;
    QTest::newRow("list") << u"list"_s << u"9.1-rev0, 9.0-rev0"_s;
    QTest::newRow("none") << u"none"_s << u"Bad Request"_s;
}

void TestOddities::versionsAreRefusedInWords()
{
    QFETCH(const QString, how);
    QFETCH(const QString, part);
    QVERIFY(m_client->start(u"vbr"_s, {u"versions=9.1-rev0,9.0-rev0"_s, u"versionWords="_s + how}));
    const Answer answer = vbr(passwordOf(u"operator"_s, u"Password"_s));
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.text("message"_L1).contains(part), qPrintable(answer.text("message"_L1)));
    QCOMPARE(vbr(passwordOf(u"operator"_s, u"Password"_s), "9.0-rev0").status, 200);
}

void TestOddities::shortLivesAreThoseOfTheKind_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("grant");
    QTest::addColumn<QByteArray>("apiVersion");
    QTest::addColumn<qint64>("access");
    QTest::addColumn<qint64>("refresh");

    QTest::newRow("aws, which has none") << u"aws"_s << u"/api/v1/token"_s << u"password"_s
                                         << "1.8-rev0"_ba << qint64{3600} << qint64{7200};
    QTest::newRow("gcp") << u"gcp"_s << u"/api/v1/token"_s << u"password"_s << "1.4-rev0"_ba
                         << qint64{900} << qint64{3600};
    QTest::newRow("vbr") << u"vbr"_s << u"/api/oauth2/token"_s << u"Password"_s << vbrVersion
                         << qint64{900} << qint64{1800};
}

void TestOddities::shortLivesAreThoseOfTheKind()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, path);
    QFETCH(const QString, grant);
    QFETCH(const QByteArray, apiVersion);
    QVERIFY(m_client->start(kind));
    const Fields fields =
        passwordOf(u"operator"_s, grant) + Fields{{u"use_short_term_refresh"_s, u"true"_s}};
    const Answer answer = token(path, fields, version(apiVersion));
    QTEST(lifeOf(answer.text("access_token"_L1)), "access");
    QTEST(lifeOf(answer.text("refresh_token"_L1)), "refresh");
}

void TestOddities::awsLeadsToItsIdentityProvider()
{
    const QString path = u"/api/v1/identityProvider/signOnUrl?userName="_s;
    QVERIFY(m_client->start(u"aws"_s));
    const Answer known = get(path + u"sso"_s, version("1.8-rev0"));
    QCOMPARE(known.status, 200);
    QVERIFY(known.text("redirectToUrl"_L1).startsWith("https://"_L1));
    const Answer unknown = get(path + u"operator"_s, version("1.8-rev0"));
    QCOMPARE(unknown.status, 400);
    QVERIFY(unknown.json.contains("errorCode"_L1));
    init();
    QVERIFY(m_client->start(u"gcp"_s));
    QCOMPARE(get(path + u"sso"_s, version("1.4-rev0")).status, 404);
}

void TestOddities::gcpLogsOutWhereItIsTold()
{
    QVERIFY(m_client->start(u"gcp"_s, {u"logoutPath=oauth2"_s}));
    const Headers apiVersion = version("1.4-rev0");
    const Answer session = token(u"/api/v1/token"_s, passwordOf(u"operator"_s), apiVersion);
    const auto logOutAt = [&](const QString &path) {
        return m_client->send({.method = "DELETE",
            .path = path,
            .media = {},
            .headers = apiVersion + bearer(session)});
    };
    QCOMPARE(logOutAt(u"/api/v1/token"_s).status, 405);
    QCOMPARE(logOutAt(u"/api/oauth2/token"_s).status, 204);
}

void TestOddities::m365ServesItsVersions()
{
    QVERIFY(m_client->start(u"m365"_s, {u"versions=v7"_s}));
    QCOMPARE(token(u"/v8/token"_s, passwordOf(u"operator"_s)).status, 404);
    const Answer session = token(u"/v7/token"_s, passwordOf(u"operator"_s));
    QCOMPARE(session.status, 200);
    QCOMPARE(get(u"/v7/ServiceInstance"_s, bearer(session)).status, 200);
    QCOMPARE(get(u"/v8/ServiceInstance"_s, bearer(session)).status, 404);
    QCOMPARE(token(u"/v7/token/logout"_s, {}, bearer(session)).status, 200);
}

void TestOddities::m365WantsItsCookie()
{
    QVERIFY(m_client->start(u"m365"_s));
    const Answer session = token(u"/v8/token"_s, passwordOf(u"operator"_s));
    QVERIFY(!session.cookie.isEmpty());
    QCOMPARE(token(u"/v8/token"_s, refreshOf(session), {{"Cookie", "antiforgery=x"}}).status, 400);
    QCOMPARE(
        token(u"/v8/token"_s, refreshOf(session), {{"Cookie", "a=b; " + session.cookie}}).status,
        200);
    const Fields spared{{u"disable_antiforgery_token"_s, u"true"_s}};
    const Answer other = token(u"/v8/token"_s, passwordOf(u"operator"_s) + spared);
    QVERIFY(other.cookie.isEmpty());
    QCOMPARE(token(u"/v8/token"_s, refreshOf(other) + spared).status, 200);
    QVERIFY(m_client->control("POST", u"/switches"_s, {{u"antiForgery"_s, false}}).status == 200);
    const Answer free = token(u"/v8/token"_s, passwordOf(u"operator"_s));
    QCOMPARE(token(u"/v8/token"_s, refreshOf(free)).status, 200);
}

void TestOddities::m365TakesJson()
{
    QVERIFY(m_client->start(u"m365"_s));
    const Fields spared{{u"disable_antiforgery_token"_s, u"true"_s}};
    const Answer session = token(u"/v8/token"_s, passwordOf(u"operator"_s) + spared, {}, u"json"_s);
    QCOMPARE(session.status, 200);
    QVERIFY(session.cookie.isEmpty());
}

void TestOddities::oneTakesDomainsAndMultipart()
{
    QVERIFY(m_client->start(u"one"_s));
    for (const QString &media : {u"form"_s, u"multipart"_s}) {
        const Answer session = token(u"/api/token"_s, passwordOf(u"ACME\\operator"_s), {}, media);
        QCOMPARE(session.text("user"_L1), u"DOMAIN\\operator"_s);
        QCOMPARE(session.text("token_type"_L1), u"Bearer"_s);
        QCOMPARE(session.json["expires_in"_L1], 899);
        QCOMPARE(jwtPart(session.text("access_token"_L1), 0)["alg"_L1], u"HS256"_s);
    }
    QCOMPARE(m_client->log().last()["user"_L1], u"operator"_s);
}

void TestOddities::oneRefusesAnUnknownToken()
{
    QVERIFY(m_client->start(u"one"_s));
    QCOMPARE(token(u"/api/revoke"_s, {{u"token"_s, u"not one"_s}}).status, 400);
    QCOMPARE(token(u"/api/revoke"_s, {}).status, 400);
}

void TestOddities::vspcEndsTokensOfTheirOwnerOnly()
{
    QVERIFY(m_client->start(u"vspc"_s));
    const Answer session = token(u"/api/v3/token"_s, passwordOf(u"operator"_s));
    const auto logOut = [&](const QString &id) {
        return m_client->send({.method = "DELETE",
            .path = u"/api/v3/users/%1/tokens"_s.arg(id),
            .media = {},
            .headers = bearer(session)});
    };
    const Answer refused = logOut(u"someone"_s);
    QCOMPARE(refused.status, 403);
    QVERIFY(refused.json.contains("errors"_L1));
    const Answer second = token(u"/api/v3/token"_s, passwordOf(u"operator"_s));
    QCOMPARE(
        logOut(jwtPart(session.text("access_token"_L1), 1)["nameid"_L1].toString()).status, 200);
    QCOMPARE(get(u"/api/v3/about"_s, bearer(second)).status, 401);
}

void TestOddities::vspcHidesTheId()
{
    QVERIFY(m_client->start(u"vspc"_s, {u"uidInToken=false"_s}));
    const Answer session = token(u"/api/v3/token"_s, passwordOf(u"operator"_s));
    QVERIFY(!jwtPart(session.text("access_token"_L1), 1).contains("nameid"_L1));
}

void TestOddities::vroTakesAFormIfTold()
{
    QVERIFY(m_client->start(u"vro"_s, {u"formToo=true"_s}));
    QCOMPARE(token(u"/api/token"_s, passwordOf(u"operator"_s)).status, 200);
}

void TestOddities::oauth2KnowsItsClient_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<int>("status");

    const QString known = u"desk top:s+c"_s;
    const Fields nobody;
    const Fields id{{u"client_id"_s, u"desk top"_s}};
    const Fields both = id + Fields{{u"client_secret"_s, u"s+c"_s}};
    QTest::newRow("all are welcome") << QString() << QByteArray() << both << 200;
    QTest::newRow("none is needed") << QString() << QByteArray() << nobody << 200;
    QTest::newRow("by fields") << known << QByteArray() << both << 200;
    QTest::newRow("by Basic") << known << basic("desk+top:s%2Bc") << nobody << 200;
    QTest::newRow("no secret") << known << QByteArray() << id << 401;
    QTest::newRow("wrong secret") << known << basic("desk+top:x") << nobody << 401;
    QTest::newRow("missing") << known << QByteArray() << nobody << 401;
    QTest::newRow("public") << u"desk top"_s << QByteArray() << id << 200;
    QTest::newRow("public, wrong") << u"other"_s << QByteArray() << id << 401;
}

void TestOddities::oauth2KnowsItsClient()
{
    QFETCH(const QString, client);
    QFETCH(const QByteArray, authorization);
    QFETCH(const Fields, fields);
    QVERIFY(m_client->start(u"oauth2"_s, {u"client="_s + client}));
    Headers headers;
    if (!authorization.isEmpty())
        headers.append({"Authorization", authorization});
    const Answer answer = token(u"/token"_s, passwordOf(u"operator"_s) + fields, headers);
    QTEST(answer.status, "status");
    if (answer.status == 401)
        QCOMPARE(answer.text("error"_L1), u"invalid_client"_s);
    QTEST(token(u"/revoke"_s, Fields{{u"token"_s, u"x"_s}} + fields, headers).status, "status");
}

void TestOddities::oauth2RevokesWhatever()
{
    QVERIFY(m_client->start(u"oauth2"_s));
    const Answer session = token(u"/token"_s, passwordOf(u"operator"_s));
    const Fields hint{{u"token_type_hint"_s, u"refresh_token"_s}};
    QCOMPARE(token(u"/revoke"_s, Fields{{u"token"_s, u"unknown"_s}} + hint).status, 200);
    QCOMPARE(token(u"/revoke"_s, hint).text("error"_L1), u"invalid_request"_s);
    QCOMPARE(get(u"/about"_s, bearer(session)).status, 200);
    const Fields mine{{u"token"_s, session.text("refresh_token"_L1)}};
    QCOMPARE(token(u"/revoke"_s, mine + hint).status, 200);
    QCOMPARE(get(u"/about"_s, bearer(session)).status, 401);
    QCOMPARE(token(u"/token"_s, refreshOf(session)).text("error"_L1), u"invalid_grant"_s);
}

void TestOddities::faultsMeetEveryKind()
{
    QVERIFY(m_client->start(u"vspc"_s, {u"fault=status:503"_s, u"faultGrant=Refresh_token"_s}));
    const Answer session = token(u"/api/v3/token"_s, passwordOf(u"operator"_s));
    QCOMPARE(session.status, 200);
    QCOMPARE(token(u"/api/v3/token"_s, refreshOf(session)).status, 503);
}

QTEST_GUILESS_MAIN(TestOddities)
#include "tst_oddities.moc"
