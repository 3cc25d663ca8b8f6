// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/replyerror.h"

#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"
#include "wire/oauth/kind.h"

#include <QMetaEnum>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Type = AuthError::Type;
using Network = QNetworkReply::NetworkError;

Q_DECLARE_METATYPE(latchkey::GrantType)
Q_DECLARE_METATYPE(latchkey::HttpOutcome)

namespace {

constexpr GrantType grants[] = {GrantType::Password, GrantType::Mfa, GrantType::Refresh};
constexpr const char *grantNames[] = {"password", "mfa", "refresh"};

//! The content of an answer's body.
struct Body {
    const char *name;
    const char *type;
    const char *bytes;
    bool isProof;
};
constexpr Body bodies[] = {
    {"problem", "application/problem+json", R"({"status": 401})", true},
    {"problem, charset", "application/problem+json; charset=utf-8", R"({"status": 401})", true},
    {"json", "application/json", R"({"message": "no"})", true},
    {"json, upper case", "Application/JSON;charset=utf-8", "{}", true},
    {"html", "text/html", "<html>Sign in to the hotel's network</html>", false},
    {"json that calls itself html", "text/html", R"({"status": 401})", false},
    {"html that calls itself json", "application/json", "<html></html>", false},
    {"json that is cut off", "application/problem+json", R"({"status": 4)", false},
    {"json that is no object", "application/json", "[]", false},
    {"empty problem", "application/problem+json", "", false},
    {"empty", "", "", false},
    {"other json", "application/jsonlines", "{}", false},
};

//! The code that Qt reports for a status (qhttpthreaddelegate.cpp, statusCodeFromHttp).
Network codeOf(int status)
{
    switch (status) {
    case 400:
    case 418:
        return QNetworkReply::ProtocolInvalidOperationError;
    case 401:
        return QNetworkReply::AuthenticationRequiredError;
    case 403:
        return QNetworkReply::ContentAccessDenied;
    case 404:
        return QNetworkReply::ContentNotFoundError;
    case 405:
        return QNetworkReply::ContentOperationNotPermittedError;
    case 407:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case 409:
        return QNetworkReply::ContentConflictError;
    case 410:
        return QNetworkReply::ContentGoneError;
    case 500:
        return QNetworkReply::InternalServerError;
    case 501:
        return QNetworkReply::OperationNotImplementedError;
    case 503:
        return QNetworkReply::ServiceUnavailableError;
    default:
        if (status > 500)
            return QNetworkReply::UnknownServerError;
        return status > 400 ? QNetworkReply::UnknownContentError : QNetworkReply::NoError;
    }
}

HttpOutcome outcome(int status, const Body &body)
{
    HttpOutcome outcome;
    outcome.error = codeOf(status);
    outcome.status = status;
    outcome.contentType = body.type;
    outcome.body = body.bytes;
    return outcome;
}

Type refusalOf(GrantType grant)
{
    switch (grant) {
    case GrantType::Password:
        return Type::Rejected;
    case GrantType::Mfa:
        return Type::CodeRejected;
    case GrantType::Refresh:
        return Type::Expired;
    }
    Q_UNREACHABLE();
}

//! The expected meaning of every answer, whether from an appliance or from something in front of
//! it.
Type expectedFor(int status, const Body &body, GrantType grant)
{
    switch (status) {
    case 400:
    case 401:
        return body.isProof ? refusalOf(grant) : Type::BadReply;
    case 403:
        return body.isProof && grant != GrantType::Refresh ? Type::Rejected : Type::ServerBusy;
    case 407:
        return Type::ProxyRefused;
    case 408:
        return Type::Timeout;
    case 423:
    case 429:
        return Type::ServerBusy;
    default:
        return status >= 500 ? Type::ServerBusy : Type::BadReply;
    }
}

AuthError errorFrom(const HttpOutcome &outcome, GrantType grant = GrantType::Refresh)
{
    return authErrorFrom(outcome, grant, azure(), FakeClock::start);
}

//! Only these errors may end a session or a sign-in.
bool isRefusal(const AuthError &error)
{
    return error.type == Type::Rejected || error.type == Type::CodeRejected
        || error.type == Type::Expired;
}

} // namespace

class TestReplyError final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void networkErrorsHaveAKind_data();
    void networkErrorsHaveAKind();
    void answersHaveAKind_data();
    void answersHaveAKind();
    void onlyProofIsExpired();
    void withoutTlsNothingIsProven();
    void eachKindSaysInItsWayWhatIsDead_data();
    void eachKindSaysInItsWayWhatIsDead();
    void clientIsToldFromUser_data();
    void clientIsToldFromUser();
    void versionIsRefused_data();
    void versionIsRefused();
    void deadTicketIsExpired_data();
    void deadTicketIsExpired();
    void brokenAnswersHaveAKind_data();
    void brokenAnswersHaveAKind();
    void retryAfterIsRead_data();
    void retryAfterIsRead();
    void detailsHoldNoBody();
    void successIsA200WithoutTrouble_data();
    void successIsA200WithoutTrouble();
    void kindsHaveAName_data();
    void kindsHaveAName();
};

void TestReplyError::networkErrorsHaveAKind_data()
{
    QTest::addColumn<Network>("code");
    QTest::addColumn<Type>("expected");
    const QHash<Network, Type> transportErrors{{QNetworkReply::TimeoutError, Type::Timeout},
        {QNetworkReply::SslHandshakeFailedError, Type::TlsRefused},
        {QNetworkReply::ProxyConnectionRefusedError, Type::ProxyUnreachable},
        {QNetworkReply::ProxyNotFoundError, Type::ProxyUnreachable},
        {QNetworkReply::ProxyTimeoutError, Type::ProxyUnreachable},
        {QNetworkReply::ProxyConnectionClosedError, Type::ProxyRefused},
        {QNetworkReply::ProxyAuthenticationRequiredError, Type::ProxyRefused},
        {QNetworkReply::UnknownProxyError, Type::ProxyUnusable}};
    const auto errors = QMetaEnum::fromType<Network>();
    for (int index = 0; index < errors.keyCount(); ++index) {
        const auto code = static_cast<Network>(errors.value(index));
        Type expected = transportErrors.value(code, Type::Offline);
        if (code >= QNetworkReply::ProtocolUnknownError && code <= QNetworkReply::ProtocolFailure)
            expected = Type::BadReply;
        QTest::newRow(errors.key(index)) << code << expected;
    }
}

void TestReplyError::networkErrorsHaveAKind()
{
    QFETCH(const Network, code);
    QFETCH(const Type, expected);
    HttpOutcome outcome;
    outcome.error = code;
    for (const GrantType grant : grants) {
        const AuthError error = errorFrom(outcome, grant);
        QCOMPARE(error.type, expected);
        const bool isSignInWanted = code == QNetworkReply::ProxyAuthenticationRequiredError;
        QCOMPARE(error.httpStatus, isSignInWanted ? 407 : 0);
        QVERIFY(!isRefusal(error));
    }
}

void TestReplyError::answersHaveAKind_data()
{
    QTest::addColumn<HttpOutcome>("came");
    QTest::addColumn<GrantType>("grant");
    QTest::addColumn<Type>("expected");
    const auto statuses = {200, 201, 202, 204, 206, 300, 301, 302, 303, 307, 308, 400, 401, 402,
        403, 404, 405, 406, 407, 408, 409, 410, 413, 415, 418, 422, 423, 424, 425, 429, 431, 451,
        500, 501, 502, 503, 504, 507, 511, 520, 599};
    for (const int status : statuses) {
        for (const Body &body : bodies) {
            for (std::size_t grant = 0; grant < std::size(grants); ++grant) {
                QTest::addRow("%d, %s, %s", status, body.name, grantNames[grant]) << outcome(
                    status, body) << grants[grant] << expectedFor(status, body, grants[grant]);
            }
        }
    }
}

void TestReplyError::answersHaveAKind()
{
    QFETCH(const HttpOutcome, came);
    QFETCH(const GrantType, grant);
    QFETCH(const Type, expected);
    const AuthError error = errorFrom(came, grant);
    QCOMPARE(error.type, expected);
    QCOMPARE(error.httpStatus, came.status);
    QVERIFY(!error.retryAfter);
}

void TestReplyError::withoutTlsNothingIsProven()
{
    HttpOutcome secure = outcome(401, {});
    secure.contentType = "application/problem+json";
    secure.body = R"({"title":"Unauthorized"})";
    HttpOutcome plain = secure;
    plain.isPlain = true;
    QCOMPARE(errorFrom(plain).type, Type::Unproven);
    QCOMPARE(errorFrom(plain, GrantType::Password).type, Type::Rejected);
    QCOMPARE(errorFrom(secure).type, Type::Expired);
}

void TestReplyError::onlyProofIsExpired()
{
    for (int status = 100; status < 600; ++status) {
        for (const Body &body : bodies) {
            const bool isExpired = errorFrom(outcome(status, body)).type == Type::Expired;
            const bool isProven = (status == 400 || status == 401) && body.isProof;
            QVERIFY2(isExpired == isProven,
                qPrintable(u"%1 %2"_s.arg(status).arg(QLatin1StringView(body.name))));
        }
    }
}

//! Refusals of a refresh token, as each kind sends them, and what only looks like one.
void TestReplyError::eachKindSaysInItsWayWhatIsDead_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<HttpOutcome>("refusal");
    QTest::addColumn<Type>("expected");
    const auto row = [](const char *kind, int status, const char *type, const char *body,
                         Type expected) {
        QTest::addRow("%s %d %s", kind, status, body)
            << QString::fromLatin1(kind) << outcome(status, {"", type, body, true}) << expected;
    };
    constexpr const char *problem = "application/problem+json";
    constexpr const char *json = "application/json";
    for (const char *kind : {"azure", "aws", "gcp", "vbr", "m365", "one", "vro"}) {
        row(kind, 401, problem, R"({"title":"Unauthorized"})", Type::Expired);
        row(kind, 400, json, R"({"errorCode":"InvalidToken","message":"no"})", Type::Expired);
        row(kind, 403, json, R"({"message":"no"})", Type::ServerBusy);
        row(kind, 520, json, R"({"message":"no"})", Type::ServerBusy);
    }
    for (const char *kind : {"vspc", "oauth2"}) {
        row(kind, 400, json, R"({"error":"invalid_grant"})", Type::Expired);
        row(kind, 401, json, R"({"error":"invalid_grant"})", Type::Expired);
        for (const char *error :
            {"invalid_request", "unsupported_grant_type", "invalid_scope", "Invalid_Grant"}) {
            const QByteArray body = QByteArray(R"({"error":")") + error + "\"}";
            row(kind, 400, json, body.constData(), Type::BadReply);
            row(kind, 401, json, body.constData(), Type::BadReply);
        }
        row(kind, 400, json, "{}", Type::BadReply);
        row(kind, 400, json, R"({"error":["invalid_grant"]})", Type::BadReply);
        row(kind, 400, "text/html", R"({"error":"invalid_grant"})", Type::BadReply);
        row(kind, 520, json, R"({"error":"invalid_grant"})", Type::ServerBusy);
    }
}

void TestReplyError::eachKindSaysInItsWayWhatIsDead()
{
    QFETCH(const QString, kind);
    QFETCH(const HttpOutcome, refusal);
    const Kind spoken = shippedKinds().find(kind).value();
    QTEST(authErrorFrom(refusal, GrantType::Refresh, spoken, FakeClock::start).type, "expected");
    // A password is refused by any of these errors: nothing is lost by that.
    if (refusal.status <= 401 && refusal.contentType != "text/html") {
        QVERIFY(authErrorFrom(refusal, GrantType::Password, spoken, FakeClock::start).type
            == Type::Rejected);
    }
}

void TestReplyError::clientIsToldFromUser_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<Type>("atSignIn");
    QTest::addColumn<Type>("atRefresh");

    const auto row = [](const char *kind, int status, const char *error, Type atSignIn,
                         Type atRefresh) {
        QTest::addRow("%s %d %s", kind, status, error)
            << QString::fromLatin1(kind) << status << QByteArray(error) << atSignIn << atRefresh;
    };
    for (const int status : {400, 401}) {
        for (const char *error : {"invalid_client", "unauthorized_client"}) {
            row("oauth2", status, error, Type::ClientRejected, Type::ClientRejected);
            row("vspc", status, error, Type::Rejected, Type::BadReply); // has no clients
            row("azure", status, error, Type::Rejected, Type::Expired);
        }
        row("oauth2", status, "invalid_grant", Type::Rejected, Type::Expired);
        row("oauth2", status, "Invalid_Client", Type::Rejected, Type::BadReply);
    }
    row("oauth2", 403, "invalid_client", Type::Rejected, Type::ServerBusy);
    row("oauth2", 500, "invalid_client", Type::ServerBusy, Type::ServerBusy);
}

//! RFC 6749 §5.2. It proves nothing against a refresh token.
void TestReplyError::clientIsToldFromUser()
{
    QFETCH(const QString, kind);
    QFETCH(const int, status);
    QFETCH(const QByteArray, error);
    const QByteArray body = R"({"error":")" + error + "\"}";
    const HttpOutcome refusal = outcome(status, {"", "application/json", body.constData(), true});
    const Kind spoken = shippedKinds().find(kind).value();
    const auto typeAt = [&](GrantType grant) {
        return authErrorFrom(refusal, grant, spoken, FakeClock::start).type;
    };
    QTEST(typeAt(GrantType::Password), "atSignIn");
    QTEST(typeAt(GrantType::Refresh), "atRefresh");
}

void TestReplyError::versionIsRefused_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("asPassword");
    QTest::addColumn<bool>("asRefresh");
    const QByteArray names = R"({"message":"The header x-api-version is not valid."})";
    const QByteArray lists = R"({"message":"Supported VERSIONS: 1.1-rev0"})";
    const QByteArray other = R"({"message":"no"})";
    const QByteArray member = R"({"message":"no","apiVersion":"1.3"})";
    QTest::newRow("names the header") << u"vbr"_s << 400 << names << true << true;
    QTest::newRow("lists versions") << u"vbr"_s << 400 << lists << true << true;
    QTest::newRow("of another member") << u"vbr"_s << 400 << member << false << true;
    QTest::newRow("in a page") << u"vbr"_s << 400 << QByteArray("<?xml version") << false << true;
    QTest::newRow("says nothing") << u"vbr"_s << 400 << other << false << true;
    QTest::newRow("another status") << u"vbr"_s << 401 << names << false << false;
    QTest::newRow("no versions") << u"azure"_s << 400 << names << false << false;
    QTest::newRow("path is not there") << u"m365"_s << 404 << other << true << true;
    QTest::newRow("path is there") << u"m365"_s << 400 << names << false << false;
    QTest::newRow("not there, in header") << u"vbr"_s << 404 << names << false << false;
}

void TestReplyError::versionIsRefused()
{
    QFETCH(const QString, kind);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    const Kind spoken = shippedKinds().find(kind).value();
    const HttpOutcome answer = outcome(status, {"", "application/json", body.constData(), true});
    QTEST(refusesVersion(answer, GrantType::Password, spoken), "asPassword");
    QTEST(refusesVersion(answer, GrantType::Refresh, spoken), "asRefresh");
    HttpOutcome late = answer;
    late.timedOut = true;
    QVERIFY(!refusesVersion(late, GrantType::Refresh, spoken));
}

void TestReplyError::deadTicketIsExpired_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Type>("expected");

    QTest::newRow("names the ticket")
        << QByteArray(R"({"errors": {"mfa_token": ["is spent"]}})") << Type::Expired;
    QTest::newRow("in another case")
        << QByteArray(R"({"errors": {"Mfa_Token": ["is spent"]}})") << Type::Expired;
    QTest::newRow("names the code")
        << QByteArray(R"({"errors": {"mfa_code": ["is wrong"]}})") << Type::CodeRejected;
    QTest::newRow("names both") << QByteArray(R"({"errors": {"mfa_code": [], "mfa_token": []}})")
                                << Type::Expired;
    QTest::newRow("names nothing")
        << QByteArray(R"({"detail": "mfa_token"})") << Type::CodeRejected;
    QTest::newRow("errors that are no object")
        << QByteArray(R"({"errors": ["mfa_token"]})") << Type::CodeRejected;
}

void TestReplyError::deadTicketIsExpired()
{
    QFETCH(const QByteArray, body);
    QFETCH(const Type, expected);
    for (const int status : {400, 401}) {
        const Body refusal{"", "application/problem+json", body.constData(), true};
        QCOMPARE(errorFrom(outcome(status, refusal), GrantType::Mfa).type, expected);
        QCOMPARE(errorFrom(outcome(status, refusal), GrantType::Password).type, Type::Rejected);
    }
}

void TestReplyError::brokenAnswersHaveAKind_data()
{
    QTest::addColumn<HttpOutcome>("came");
    QTest::addColumn<Type>("expected");
    const Body &problem = bodies[0];
    HttpOutcome late = outcome(401, problem);
    late.timedOut = true;
    HttpOutcome large = outcome(401, problem);
    large.tooLarge = true;
    HttpOutcome cutOff = outcome(401, problem);
    cutOff.error = QNetworkReply::RemoteHostClosedError;
    HttpOutcome unsure = outcome(401, problem);
    unsure.error = QNetworkReply::SslHandshakeFailedError;
    HttpOutcome garbled = outcome(200, problem);
    garbled.error = QNetworkReply::ProtocolFailure;

    QTest::newRow("timed out") << late << Type::Timeout;
    QTest::newRow("too large") << large << Type::BadReply;
    QTest::newRow("cut off") << cutOff << Type::Offline;
    QTest::newRow("not secure") << unsure << Type::TlsRefused;
    HttpOutcome refused;
    refused.proxy = u"proxy.test:3128"_s;
    refused.error = QNetworkReply::UnknownProxyError;
    refused.proxyStatus = 403;
    refused.wasHeldBack = true;
    QTest::newRow("the proxy refuses") << refused << Type::ProxyRefused;
    HttpOutcome silent;
    silent.proxy = refused.proxy;
    silent.timedOut = silent.wasHeldBack = true;
    QTest::newRow("the proxy is silent") << silent << Type::ProxyUnreachable;
    silent.wasHeldBack = false;
    QTest::newRow("silence behind the proxy") << silent << Type::Timeout;
    HttpOutcome plain;
    plain.error = QNetworkReply::SslHandshakeFailedError;
    plain.greeting = "HTTP/1.1 40";
    QTest::newRow("http") << plain << Type::PlainHttp;
    QTest::newRow("garbled") << garbled << Type::BadReply;
    QTest::newRow("nothing at all") << HttpOutcome() << Type::Offline;
}

void TestReplyError::brokenAnswersHaveAKind()
{
    QFETCH(const HttpOutcome, came);
    QFETCH(const Type, expected);
    QVERIFY(!came.isSuccess());
    for (const GrantType grant : grants)
        QCOMPARE(errorFrom(came, grant).type, expected);
}

void TestReplyError::retryAfterIsRead_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("expected"); // -1: none

    QTest::newRow("absent") << QByteArray() << qint64(-1);
    QTest::newRow("seconds") << QByteArray("120") << qint64(120);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("spaces") << QByteArray(" 7 ") << qint64(7);
    QTest::newRow("longer than a day") << QByteArray("9223372036854775807") << qint64(86400);
    QTest::newRow("negative") << QByteArray("-1") << qint64(-1);
    QTest::newRow("fraction") << QByteArray("1.5") << qint64(-1);
    QTest::newRow("nonsense") << QByteArray("soon") << qint64(-1);
    QTest::newRow("date ahead") << QByteArray("Fri, 02 Jan 2026 03:05:05 GMT") << qint64(60);
    QTest::newRow("date now") << QByteArray("Fri, 02 Jan 2026 03:04:05 GMT") << qint64(0);
    QTest::newRow("date behind") << QByteArray("Fri, 02 Jan 2026 03:03:05 GMT") << qint64(0);
}

void TestReplyError::retryAfterIsRead()
{
    QFETCH(const QByteArray, header);
    QFETCH(const qint64, expected);
    HttpOutcome busy = outcome(503, bodies[0]);
    busy.retryAfter = header;
    const auto after = errorFrom(busy).retryAfter;
    QCOMPARE(after ? qint64(after->count()) : -1, expected);
}

void TestReplyError::detailsHoldNoBody()
{
    HttpOutcome refused = outcome(401, bodies[0]);
    refused.body = R"({"detail": "hunter2"})";
    QCOMPARE(errorFrom(refused).detail, u"HTTP status 401, AuthenticationRequiredError"_s);
    refused.tooLarge = true;
    QCOMPARE(errorFrom(refused).detail, u"a reply of more than 1 MiB"_s);
    refused.timedOut = true;
    QCOMPARE(errorFrom(refused).detail, u"no reply in time"_s);
}

void TestReplyError::successIsA200WithoutTrouble_data()
{
    QTest::addColumn<HttpOutcome>("came");
    QTest::addColumn<bool>("isSuccess");
    const HttpOutcome good{QNetworkReply::NoError, 200, "application/json", {}, "{}"};
    const auto row = [&](const char *name, bool isSuccess, auto change) {
        HttpOutcome came = good;
        change(came);
        QTest::newRow(name) << came << isSuccess;
    };

    row("good", true, [](HttpOutcome &) { });
    row("201", false, [](HttpOutcome &o) { o.status = 201; });
    row("204", false, [](HttpOutcome &o) { o.status = 204; });
    row("no status", false, [](HttpOutcome &o) { o.status = 0; });
    row("cut off", false, [](HttpOutcome &o) { o.error = QNetworkReply::RemoteHostClosedError; });
    row("timed out", false, [](HttpOutcome &o) { o.timedOut = true; });
    row("too large", false, [](HttpOutcome &o) { o.tooLarge = true; });
}

void TestReplyError::successIsA200WithoutTrouble()
{
    QFETCH(const HttpOutcome, came);
    QFETCH(const bool, isSuccess);
    QCOMPARE(came.isSuccess(), isSuccess);
}

void TestReplyError::kindsHaveAName_data()
{
    QTest::addColumn<Type>("type");
    QTest::addColumn<QString>("name");

    QTest::newRow("Offline") << Type::Offline << u"offline"_s;
    QTest::newRow("Timeout") << Type::Timeout << u"timeout"_s;
    QTest::newRow("ServerBusy") << Type::ServerBusy << u"server-busy"_s;
    QTest::newRow("Rejected") << Type::Rejected << u"rejected"_s;
    QTest::newRow("ClientRejected") << Type::ClientRejected << u"client-rejected"_s;
    QTest::newRow("CodeRejected") << Type::CodeRejected << u"code-rejected"_s;
    QTest::newRow("Expired") << Type::Expired << u"expired"_s;
    QTest::newRow("KindMissing") << Type::KindMissing << u"kind-missing"_s;
    QTest::newRow("VersionRefused") << Type::VersionRefused << u"version-refused"_s;
    QTest::newRow("BadReply") << Type::BadReply << u"bad-reply"_s;
    QTest::newRow("TlsUntrusted") << Type::TlsUntrusted << u"tls-untrusted"_s;
    QTest::newRow("TlsTooOld") << Type::TlsTooOld << u"tls-too-old"_s;
    QTest::newRow("TlsRefused") << Type::TlsRefused << u"tls-refused"_s;
    QTest::newRow("PlainHttp") << Type::PlainHttp << u"plain-http"_s;
    QTest::newRow("NotTls") << Type::NotTls << u"not-tls"_s;
    QTest::newRow("Unproven") << Type::Unproven << u"unproven"_s;
    QTest::newRow("OtherUser") << Type::OtherUser << u"other-user"_s;
    QTest::newRow("ProxyUnreachable") << Type::ProxyUnreachable << u"proxy-unreachable"_s;
    QTest::newRow("ProxyRefused") << Type::ProxyRefused << u"proxy-refused"_s;
    QTest::newRow("ProxyUnusable") << Type::ProxyUnusable << u"proxy-unusable"_s;
    QTest::newRow("StoreUnavailable") << Type::StoreUnavailable << u"store-unavailable"_s;
    QTest::newRow("StoreDenied") << Type::StoreDenied << u"store-denied"_s;
}

void TestReplyError::kindsHaveAName()
{
    QFETCH(const Type, type);
    QFETCH(const QString, name);
    const AuthError error{type, 0, {}, {}};
    QCOMPARE(error.name(), name);
}

QTEST_GUILESS_MAIN(TestReplyError)
#include "tst_replyerror.moc"
