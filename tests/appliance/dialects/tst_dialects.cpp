// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "dialects/testclient.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace latchkey::appliance;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString password = u"p+a ss&w=ö%25"_s;

//! What a program has to send to a kind, and what it is to get.
struct Speech {
    QString kind;
    QString tokenPath;
    QString resource;
    QString media = u"form"_s;
    QString wrongMedia = u"json"_s;
    QByteArray version = {};
    QString grants = u"password refresh_token mfa"_s;
    int ticketStatus = 0;
    QString members;
    int refusal = 401;
    QByteArray errorType = "application/problem+json";
    QString errorMembers;
    QString resourceErrorMembers = {};
    QString logout;
    int logoutStatus = 204;

    [[nodiscard]] QString grant(int number) const { return grants.section(' '_L1, number, number); }
};

const QString familyMembers =
    u".expires .issued access_token expires_in mfa_enabled refresh_token roleName token_type username"_s;
const QString familyError = u"details errorCode status title type"_s;

const QList<Speech> speeches{
    {.kind = u"azure"_s,
        .tokenPath = u"/api/oauth2/token"_s,
        .resource = u"/api/v8.1/system/time"_s,
        .grants = u"Password Refresh_token Mfa"_s,
        .ticketStatus = 200,
        .members = u".expires .issued access_token expires_in latestNewsShown mfa_enabled "
                   "refresh_token roleName shortLived token_type userId userType username"_s,
        .errorMembers = u"detail instance status title traceId type"_s,
        .resourceErrorMembers = u"detail status title traceId type"_s,
        .logout = u"DELETE /api/oauth2/token"_s},
    {.kind = u"aws"_s,
        .tokenPath = u"/api/v1/token"_s,
        .resource = u"/api/v1/about"_s,
        .version = "1.7-rev0",
        .ticketStatus = 200,
        .members = familyMembers,
        .errorMembers = familyError,
        .logout = u"DELETE /api/v1/token"_s},
    {.kind = u"gcp"_s,
        .tokenPath = u"/api/v1/token"_s,
        .resource = u"/api/v1/about"_s,
        .version = "1.4-rev0",
        .ticketStatus = 202,
        .members = familyMembers,
        .errorMembers = familyError,
        .logout = u"DELETE /api/v1/token"_s},
    {.kind = u"vbr"_s,
        .tokenPath = u"/api/oauth2/token"_s,
        .resource = u"/api/v1/serverInfo"_s,
        .version = "1.3-rev2",
        .grants = u"Password Refresh_token"_s,
        .members = u".expires .issued access_token expires_in refresh_token token_type"_s,
        .errorType = "application/json",
        .errorMembers = u"errorCode message"_s,
        .logout = u"POST /api/oauth2/logout"_s,
        .logoutStatus = 200},
    {.kind = u"m365"_s,
        .tokenPath = u"/v8/token"_s,
        .resource = u"/v8/ServiceInstance"_s,
        .wrongMedia = u"multipart"_s,
        .members = u".expires .issued access_token expires_in refresh_token token_type userName"_s,
        .errorType = "application/json",
        .errorMembers = u"message"_s,
        .resourceErrorMembers = u"errorCode message"_s,
        .logout = u"POST /v8/token/logout"_s},
    {.kind = u"one"_s,
        .tokenPath = u"/api/token"_s,
        .resource = u"/api/v2.3/about"_s,
        .members = u"access_token expires_in refresh_token token_type user user_role"_s,
        .refusal = 400,
        .errorMembers = u"detail status title type"_s,
        .logout = u"POST /api/revoke"_s,
        .logoutStatus = 200},
    {.kind = u"vspc"_s,
        .tokenPath = u"/api/v3/token"_s,
        .resource = u"/api/v3/about"_s,
        .ticketStatus = 200,
        .members = u"access_token expires_in refresh_token token_type"_s,
        .refusal = 400,
        .errorType = "application/json",
        .errorMembers = u"error error_description"_s,
        .resourceErrorMembers = u"errors"_s,
        .logout = u"DELETE /api/v3/users/{}/tokens"_s,
        .logoutStatus = 200},
    {.kind = u"vro"_s,
        .tokenPath = u"/api/token"_s,
        .resource = u"/api/v1/about"_s,
        .media = u"multipart"_s,
        .wrongMedia = u"form"_s,
        .ticketStatus = 200,
        .members = u"access_token expires_in refresh_token"_s,
        .errorMembers = u"detail status title type"_s,
        .logout = u"POST /api/token/logout"_s,
        .logoutStatus = 404},
    {.kind = u"oauth2"_s,
        .tokenPath = u"/token"_s,
        .resource = u"/about"_s,
        .members = u"access_token expires_in refresh_token scope token_type"_s,
        .refusal = 400,
        .errorType = "application/json",
        .errorMembers = u"error error_description"_s,
        .logout = u"POST /revoke"_s,
        .logoutStatus = 200},
};

//! The `nameid` of a JWT.
QString userIdOf(const QString &token)
{
    const QByteArray claims =
        QByteArray::fromBase64(token.toLatin1().split('.').value(1), QByteArray::Base64UrlEncoding);
    return QJsonDocument::fromJson(claims)["nameid"_L1].toString();
}

} // namespace

//! Each kind by one table: the program is its own witness only where a row says so.
class TestDialects final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_client.reset(); }

    void passwordIsGranted_data() { addKinds(); }
    void passwordIsGranted();
    void codeIsGranted_data() { addKinds(); }
    void codeIsGranted();
    void refreshTokenIsGrantedOnce_data() { addKinds(); }
    void refreshTokenIsGrantedOnce();
    void wrongPasswordIsRefused_data() { addKinds(); }
    void wrongPasswordIsRefused();
    void wrongSpellingIsRefused_data() { addKinds(); }
    void wrongSpellingIsRefused();
    void wrongMediaIsRefused_data() { addKinds(); }
    void wrongMediaIsRefused();
    void missingVersionIsRefused_data() { addKinds(); }
    void missingVersionIsRefused();
    void emptyFormTellsTheKind_data() { addKinds(); }
    void emptyFormTellsTheKind();
    void logoutEndsTheSession_data() { addKinds(); }
    void logoutEndsTheSession();
    void resourcesNeedAToken_data() { addKinds(); }
    void resourcesNeedAToken();
    void otherPathsAreNotFound_data() { addKinds(); }
    void otherPathsAreNotFound();
    void othersAreNoKinds();

private:
    static void addKinds();
    [[nodiscard]] Request tokenRequest(const Fields &fields) const;
    [[nodiscard]] Answer signIn(const QString &user = u"operator"_s);
    [[nodiscard]] Answer refreshWith(const QString &token);
    [[nodiscard]] Answer get(const QString &path, const QString &token);
    void isRefusal(const Answer &answer, int status) const;
    [[nodiscard]] QJsonObject newestEntry();

    std::unique_ptr<TestClient> m_client;
    Speech m_speech;
};

void TestDialects::addKinds()
{
    QTest::addColumn<qsizetype>("number");
    for (qsizetype number = 0; number < speeches.size(); ++number)
        QTest::newRow(qPrintable(speeches.at(number).kind)) << number;
}

void TestDialects::init()
{
    if (!QTest::currentDataTag())
        return;
    QFETCH(const qsizetype, number);
    m_speech = speeches.at(number);
    m_client = std::make_unique<TestClient>();
    QVERIFY(m_client->start(m_speech.kind));
}

Request TestDialects::tokenRequest(const Fields &fields) const
{
    Request request{.path = m_speech.tokenPath, .media = m_speech.media, .fields = fields};
    if (!m_speech.version.isEmpty())
        request.headers.append({"x-api-version", m_speech.version});
    return request;
}

Answer TestDialects::signIn(const QString &user)
{
    return m_client->send(tokenRequest({{u"grant_type"_s, m_speech.grant(0)}, {u"username"_s, user},
        {u"password"_s, password}, {u"disable_antiforgery_token"_s, u"true"_s}}));
}

Answer TestDialects::refreshWith(const QString &token)
{
    return m_client->send(tokenRequest({{u"grant_type"_s, m_speech.grant(1)},
        {u"refresh_token"_s, token}, {u"disable_antiforgery_token"_s, u"true"_s}}));
}

Answer TestDialects::get(const QString &path, const QString &token)
{
    Request request = tokenRequest({});
    request.method = "GET";
    request.path = path;
    request.media.clear();
    if (!token.isEmpty())
        request.headers.append({"Authorization", "Bearer " + token.toLatin1()});
    return m_client->send(request);
}

//! Whether it is one in the shape of the token endpoint; which members there are is for the test.
void TestDialects::isRefusal(const Answer &answer, int status) const
{
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.type, m_speech.errorType);
}

QJsonObject TestDialects::newestEntry()
{
    return m_client->log().last().toObject();
}

void TestDialects::passwordIsGranted()
{
    const Answer answer = signIn();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.keys().join(' '_L1), m_speech.members);
    QCOMPARE(get(m_speech.resource, answer.text("access_token"_L1)).status, 200);
    QCOMPARE(get(u"/api/v8.1/demo/echo"_s, answer.text("access_token"_L1)).status, 200);
    const QJsonObject entry = newestEntry();
    QCOMPARE(entry["grant"_L1], u"Password"_s);
    QCOMPARE(entry["user"_L1], u"operator"_s);
    QCOMPARE(entry["form"_L1]["password"_L1], password);
}

void TestDialects::codeIsGranted()
{
    const Answer first = signIn(u"alenka"_s);
    if (m_speech.ticketStatus == 0) {
        QCOMPARE(first.status, m_speech.kind == "vbr"_L1 ? 401 : 200);
        return;
    }
    QCOMPARE(first.status, m_speech.ticketStatus);
    QVERIFY(!first.json.contains("access_token"_L1));
    const QString code = m_client->control("GET", u"/code?user=alenka"_s).text("code"_L1);
    const Fields fields{{u"grant_type"_s, m_speech.grant(2)},
        {u"mfa_token"_s, first.text("mfa_token"_L1)}, {u"mfa_code"_s, code}};
    Fields wrong = fields;
    wrong.last().second = u"12345x"_s;
    isRefusal(m_client->send(tokenRequest(wrong)), m_speech.refusal);
    const Answer second = m_client->send(tokenRequest(fields));
    QCOMPARE(second.status, 200);
    QCOMPARE(second.json.keys().join(' '_L1), m_speech.members);
    QCOMPARE(newestEntry()["grant"_L1], u"Mfa"_s);
}

void TestDialects::refreshTokenIsGrantedOnce()
{
    const QString token = signIn().text("refresh_token"_L1);
    const Answer answer = refreshWith(token);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.keys().join(' '_L1), m_speech.members);
    QCOMPARE(newestEntry()["grant"_L1], u"Refresh_token"_s);
    const Answer again = refreshWith(token);
    isRefusal(again, m_speech.refusal);
    QCOMPARE(again.json.keys().join(' '_L1), m_speech.errorMembers);
    if (again.json.contains("error"_L1))
        QCOMPARE(again.text("error"_L1), u"invalid_grant"_s);
}

void TestDialects::wrongPasswordIsRefused()
{
    const Answer answer = m_client->send(tokenRequest({{u"grant_type"_s, m_speech.grant(0)},
        {u"username"_s, u"operator"_s}, {u"password"_s, u"wrong"_s}}));
    isRefusal(answer, m_speech.refusal);
    QCOMPARE(answer.json.keys().join(' '_L1), m_speech.errorMembers);
    if (answer.json.contains("error"_L1)) {
        const bool isVague = m_speech.kind == "vspc"_L1;
        QCOMPARE(answer.text("error"_L1), isVague ? u"invalid_request"_s : u"invalid_grant"_s);
    }
}

void TestDialects::wrongSpellingIsRefused()
{
    const bool isAnyGood = m_speech.kind == "azure"_L1;
    const QString shouted = m_speech.grant(0).toUpper();
    const Answer grant = m_client->send(tokenRequest(
        {{u"grant_type"_s, shouted}, {u"username"_s, u"operator"_s}, {u"password"_s, password}}));
    const Answer field = m_client->send(tokenRequest({{u"grant_type"_s, m_speech.grant(0)},
        {u"Username"_s, u"operator"_s}, {u"password"_s, password}}));
    QCOMPARE(grant.status, isAnyGood ? 200 : 400);
    QCOMPARE(field.status, isAnyGood ? 200 : 400);
    if (m_speech.kind == "oauth2"_L1)
        QCOMPARE(grant.text("error"_L1), u"unsupported_grant_type"_s);
}

void TestDialects::wrongMediaIsRefused()
{
    Request request = tokenRequest({{u"grant_type"_s, m_speech.grant(0)},
        {u"username"_s, u"operator"_s}, {u"password"_s, password}});
    request.media = m_speech.wrongMedia;
    isRefusal(m_client->send(request), 415);
}

void TestDialects::missingVersionIsRefused()
{
    const Request asIs = tokenRequest({{u"grant_type"_s, m_speech.grant(0)},
        {u"username"_s, u"operator"_s}, {u"password"_s, password}});
    Request bare = asIs;
    bare.headers.clear();
    Request other = asIs;
    other.headers = {{"x-api-version", "0.9-rev0"}};
    const int expected = m_speech.version.isEmpty() ? 200 : 400;
    for (const Request &request : {bare, other}) {
        const Answer answer = m_client->send(request);
        QCOMPARE(answer.status, expected);
        QVERIFY(expected == 200 || answer.type == m_speech.errorType);
    }
    if (expected == 400)
        isRefusal(m_client->send({.method = "GET", .path = m_speech.resource, .media = {}}), 400);
}

void TestDialects::emptyFormTellsTheKind()
{
    isRefusal(m_client->send({.path = m_speech.tokenPath}), m_speech.kind == "vro"_L1 ? 415 : 400);
}

void TestDialects::logoutEndsTheSession()
{
    const Answer session = signIn();
    const QString token = session.text("access_token"_L1);
    Request request = tokenRequest({{u"token"_s, token}});
    request.method = m_speech.logout.section(' '_L1, 0, 0).toLatin1();
    request.path = m_speech.logout.section(' '_L1, 1).replace("{}"_L1, userIdOf(token));
    request.headers.append({"Authorization", "Bearer " + token.toLatin1()});
    QCOMPARE(m_client->send(request).status, m_speech.logoutStatus);
    if (m_speech.logoutStatus == 404)
        return;
    QCOMPARE(newestEntry()["grant"_L1], u"logout"_s);
    QCOMPARE(newestEntry()["user"_L1], u"operator"_s);
    QCOMPARE(get(m_speech.resource, token).status, 401);
    QCOMPARE(refreshWith(session.text("refresh_token"_L1)).status, m_speech.refusal);
}

void TestDialects::resourcesNeedAToken()
{
    const QString members = m_speech.resourceErrorMembers.isEmpty() ? m_speech.errorMembers
                                                                    : m_speech.resourceErrorMembers;
    for (const QString &path : {m_speech.resource, u"/api/v8.1/demo/echo"_s}) {
        const Answer answer = get(path, {});
        isRefusal(answer, 401);
        QCOMPARE(answer.json.keys().join(' '_L1), members);
    }
}

void TestDialects::otherPathsAreNotFound()
{
    isRefusal(get(u"/"_s, {}), 404);
    isRefusal(get(m_speech.tokenPath + u"s"_s, {}), 404);
    isRefusal(get(m_speech.tokenPath, {}), 405);
}

void TestDialects::othersAreNoKinds()
{
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(qEnvironmentVariable("LATCHKEY_DEMO_APPLIANCE"), {u"--kind"_s, u"fridge"_s});
    QVERIFY(finished.wait(20'000));
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("azure, aws"));
}

QTEST_GUILESS_MAIN(TestDialects)
#include "tst_dialects.moc"
