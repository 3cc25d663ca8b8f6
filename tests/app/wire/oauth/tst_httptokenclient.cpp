// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/httptokenclient.h"

#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/peerconfiguration.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Grant passwordGrant()
{
    return PasswordGrant{u"operator"_s, secret("p+a"), false};
}

const QByteArray json = "application/json";
const QByteArray versionRefusal = R"({"errorCode":"UnexpectedContent","message":"x-api-version"})";
constexpr auto badRequest = QNetworkReply::ProtocolInvalidOperationError;

Grant refreshGrant()
{
    return RefreshGrant{secret("refresh-1")};
}

Grant mfaGrant()
{
    return MfaGrant{secret("ticket"), secret("123456")};
}

} // namespace

class TestHttpTokenClient final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void asksTheTokenEndpoint_data();
    void asksTheTokenEndpoint();
    void eachRequestHasConnectionsOfItsOwn();
    void tokensAreGranted();
    void endsCountFromTheMomentOfSending();
    void clockOffsetIsMeasuredHalfway_data();
    void clockOffsetIsMeasuredHalfway();
    void ticketAsksForACode();
    void answersAreJudgedByTheirGrant_data();
    void answersAreJudgedByTheirGrant();
    void refusalOfARefreshEndsIt();
    void secretsAreWithheld_data();
    void secretsAreWithheld();
    void refusalTellsNoSecret_data();
    void refusalTellsNoSecret();
    void secretInUseIsNeverForgotten_data();
    void secretInUseIsNeverForgotten();
    void tokensOfTheVaultAreWithheld_data();
    void tokensOfTheVaultAreWithheld();
    void secretIsNoAccessToken_data();
    void secretIsNoAccessToken();
    void accessTokenMayStay();
    void lifeThatIsASecretIsNotTold();
    void timeThatIsASecretIsNotTold();
    void silenceIsATimeout();
    void exactlyOneAnswerFollows();
    void cancelledRequestIsNotAnswered();
    void newRequestReplacesTheOldOne();
    void aHandlerMayAskAgain();
    void destroyingItAnswersNothing();
    void untrustedCertificateIsTold();
    void untrustedCertificateTellsNoSecret();
    void pinIsUsed();
    void logOutCarriesTheToken();
    void logOutIsAnsweredWhateverComes_data();
    void logOutIsAnsweredWhateverComes();
    void cancelSparesALogOut();
    void newestVersionIsTriedFirst();
    void refusedVersionIsFollowedByTheNext();
    void versionThatWasTakenIsTriedFirst();
    void wrongPasswordIsSentOnce();
    void refreshIsRefusedByAllVersionsOrNone();
    void applianceThatTakesNoVersionIsTold();
    void versionsInPathsAreFound();
    void cookiesGoBack();
    void cookiesComeFromTheVault();
    void codeIsAskedForByItsStatus();
    void formsAreSentInParts();
    void clientIdGoesAlong();
    void clientSecretIsSentAsBasic();
    void logOutRevokesTheRefreshToken();
    void logOutTriesTheNextPath();
    void kindWithoutLogOutConfirmsNothing();
    void kindThatIsGoneIsTold();
    void kindThatIsGoneIsNotToldAfterCancel();
    void transientTroubleAmongVersionsProvesNothing_data();
    void transientTroubleAmongVersionsProvesNothing();
    void lastVersionTellsWhatIsWrong();
    void failedSignInLeavesTheContextAlone();
    void nothingIsRevokedWithoutItsToken();
    void changedKindOfTheUserWaitsForASignIn();
    void hintComesWithARefusedPassword();
    void userIsTakenFromTheToken();

private:
    void makeClient(const QString &server = u"https://appliance.test"_s,
        const QString &kind = u"azure"_s, const QString &clientId = {});
    void refuseManyPasswords();
    [[nodiscard]] const TokenAnswer &answer() const { return m_answers.last(); }
    template<typename Answer> [[nodiscard]] const Answer *answerAs() const
    {
        return m_answers.isEmpty() ? nullptr : std::get_if<Answer>(&m_answers.last());
    }

    QSslConfiguration m_tls;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<HttpTokenClient> m_client;
    QList<TokenAnswer> m_answers;
};

void TestHttpTokenClient::initTestCase()
{
    m_tls = configurationWithPeer();
    QVERIFY2(!m_tls.peerCertificate().isNull(), "no TLS handshake on the loopback interface");
}

void TestHttpTokenClient::init()
{
    failOnAnyWarning();
    m_client.reset();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_network->setTls(m_tls);
    makeClient();
}

void TestHttpTokenClient::makeClient(
    const QString &server, const QString &kind, const QString &clientId)
{
    m_answers.clear();
    m_client = std::make_unique<HttpTokenClient>(
        Endpoint{QUrl(server), kind, clientId}, shippedKinds(), m_network->factory(), *m_deadlines);
    connect(m_client.get(), &TokenClient::answered, this,
        [this](const TokenAnswer &answer) { m_answers.append(answer); });
}

//! The tokens that come with the refusals are never used.
void TestHttpTokenClient::refuseManyPasswords()
{
    for (int i = 100; i < 140; ++i) {
        const Secret wrong = Secret::fromString(u"wrong-%1"_s.arg(i));
        m_client->send(PasswordGrant{u"operator"_s, wrong, false}, {});
        m_network->reply()->answer(200,
            R"({"redirectTo":"https://idp.test/","refresh_token":"bad-)" + QByteArray::number(i)
                + "\"}");
        QVERIFY(answerAs<AuthError>());
    }
}

void TestHttpTokenClient::asksTheTokenEndpoint_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("url");

    QTest::newRow("host") << u"https://a.test"_s << u"https://a.test/api/oauth2/token"_s;
    QTest::newRow("port") << u"https://a.test:8443"_s << u"https://a.test:8443/api/oauth2/token"_s;
    QTest::newRow("path") << u"https://a.test/veeam"_s
                          << u"https://a.test/veeam/api/oauth2/token"_s;
    QTest::newRow("slashes") << u"https://a.test/veeam//"_s
                             << u"https://a.test/veeam/api/oauth2/token"_s;
}

void TestHttpTokenClient::asksTheTokenEndpoint()
{
    QFETCH(const QString, server);
    QFETCH(const QString, url);
    makeClient(server);
    m_client->send(passwordGrant(), {});
    const FakeRequest &sent = m_network->request();
    QCOMPARE(sent.request.url(), QUrl(url));
    QCOMPARE(sent.method, QByteArray("POST"));
    QCOMPARE(sent.body, QByteArray("grant_type=Password&Username=operator&Password=p%2Ba"));
    QCOMPARE(sent.request.header(QNetworkRequest::ContentTypeHeader).toString(),
        u"application/x-www-form-urlencoded"_s);
    QCOMPARE(sent.request.rawHeader("Accept"), QByteArray("application/json"));
    QVERIFY(!sent.request.hasRawHeader("Authorization"));
}

void TestHttpTokenClient::eachRequestHasConnectionsOfItsOwn()
{
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(200, seedReply());
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_network->managers(), 2);
}

void TestHttpTokenClient::tokensAreGranted()
{
    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(200, seedReply());
    const auto *granted = answerAs<Granted>();
    QVERIFY(granted);
    QCOMPARE(granted->reply.accessToken.size(), qsizetype(774));
    QCOMPARE(granted->reply.username, u"administrator"_s);
}

void TestHttpTokenClient::endsCountFromTheMomentOfSending()
{
    const Instant before = m_clock.now();
    m_client->send(refreshGrant(), {});
    m_clock.advance(20s);
    m_network->reply()->answer(200, seedReply());
    QVERIFY(answerAs<Granted>());
    QVERIFY(answerAs<Granted>()->sentAt == before);
}

void TestHttpTokenClient::clockOffsetIsMeasuredHalfway_data()
{
    QTest::addColumn<QJsonValue>("issued");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<qint64>("expected");
    // The request leaves at 03:04:05 and takes 20 seconds; halfway, it is 03:04:15.
    const QJsonValue none = QJsonValue::Undefined;

    QTest::newRow("equal") << QJsonValue(u"2026-01-02T03:04:15.0000000Z"_s) << QByteArray() << true
                           << qint64(0);
    QTest::newRow("ahead") << QJsonValue(u"2026-01-02T03:14:15.2Z"_s) << QByteArray() << true
                           << qint64(600);
    QTest::newRow("behind") << QJsonValue(u"2026-01-02T02:04:15Z"_s) << QByteArray() << true
                            << qint64(-3600);
    QTest::newRow("rounded") << QJsonValue(u"2026-01-02T03:04:16.7Z"_s) << QByteArray() << true
                             << qint64(2);
    QTest::newRow("by the date header")
        << none << QByteArray("Fri, 02 Jan 2026 03:05:15 GMT") << true << qint64(60);
    QTest::newRow("the reply before the header")
        << QJsonValue(u"2026-01-02T03:04:15Z"_s) << QByteArray("Fri, 02 Jan 2026 03:05:15 GMT")
        << true << qint64(0);
    QTest::newRow("year 1 is no time")
        << QJsonValue(u"0001-01-01T00:00:00Z"_s) << QByteArray() << false << qint64(0);
    QTest::newRow("untold") << none << QByteArray() << false << qint64(0);
}

void TestHttpTokenClient::clockOffsetIsMeasuredHalfway()
{
    QFETCH(const QJsonValue, issued);
    QFETCH(const QByteArray, date);
    QFETCH(const bool, isKnown);
    QFETCH(const qint64, expected);
    m_client->send(refreshGrant(), {});
    m_clock.advance(20s);
    FakeReply *reply = m_network->reply();
    reply->sendHead(200, {{"Date", date}});
    reply->sendBody(seedReplyWith(u".issued"_s, issued));
    reply->end();
    const auto *granted = answerAs<Granted>();
    QVERIFY(granted);
    QCOMPARE(granted->clockOffset.has_value(), isKnown);
    QCOMPARE(qint64(granted->clockOffset.value_or(0s).count()), expected);
}

void TestHttpTokenClient::ticketAsksForACode()
{
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(200, mfaReply());
    QVERIFY(answerAs<CodeAsked>());
    QCOMPARE(answerAs<CodeAsked>()->ticket.toString(), u"VGlja2V0+/=="_s);
}

void TestHttpTokenClient::answersAreJudgedByTheirGrant_data()
{
    QTest::addColumn<int>("grant");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<AuthError::Type>("type");
    const QByteArray problem = R"({"status": 401})";
    const QByteArray singleSignOn = R"({"redirectTo": "https://idp.test/"})";
    const auto row = [](const char *name, GrantType grant, int status, const QByteArray &body,
                         AuthError::Type type) {
        QTest::newRow(name) << int(grant) << status << body << type;
    };
    using Type = AuthError::Type;

    row("wrong password", GrantType::Password, 401, problem, Type::Rejected);
    row("wrong code", GrantType::Mfa, 401, problem, Type::CodeRejected);
    row("dead refresh token", GrantType::Refresh, 401, problem, Type::Expired);
    row("no JSON", GrantType::Refresh, 200, "<html>", Type::BadReply);
    row("no tokens", GrantType::Refresh, 200, "{}", Type::BadReply);
    row("a ticket for a refresh", GrantType::Refresh, 200, mfaReply(), Type::BadReply);
    row("single sign-on for a refresh", GrantType::Refresh, 200, singleSignOn, Type::BadReply);
    row("single sign-on", GrantType::Password, 200, singleSignOn, Type::Rejected);
    row("busy", GrantType::Password, 503, {}, Type::ServerBusy);
}

void TestHttpTokenClient::answersAreJudgedByTheirGrant()
{
    QFETCH(const int, grant);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const AuthError::Type, type);
    const Grant list[] = {passwordGrant(), mfaGrant(), refreshGrant()};
    m_client->send(list[grant], {});
    m_network->reply()->answer(status, body, "application/problem+json",
        status == 200 ? QNetworkReply::NoError : QNetworkReply::UnknownContentError);
    const auto *error = answerAs<AuthError>();
    QVERIFY(error);
    QCOMPARE(error->type, type);
    QCOMPARE(error->httpStatus, status);
}

// For a 400, Qt reports ProtocolInvalidOperationError, although the protocol is fine.
void TestHttpTokenClient::refusalOfARefreshEndsIt()
{
    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(400, R"({"status": 400})", "application/problem+json",
        QNetworkReply::ProtocolInvalidOperationError);
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Expired);
}

// Everything secret that the session has sent or received: password, ticket, code, tokens.
void TestHttpTokenClient::secretsAreWithheld_data()
{
    QTest::addColumn<QString>("said");

    QTest::newRow("password") << u"P+A"_s;
    QTest::newRow("ticket") << u"for VGlja2V0%2B%2F%3D%3D"_s;
    QTest::newRow("code") << u"MTIzNDU2"_s;
    QTest::newRow("refresh token sent") << u"refresh&#45;1"_s;
    QTest::newRow("refresh token given") << u"x refresh-2"_s;
    QTest::newRow("access token given") << u"6163636573732d32"_s;
    QTest::newRow("access token ended") << u"access-0"_s;
}

void TestHttpTokenClient::secretsAreWithheld()
{
    QFETCH(const QString, said);
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(200, mfaReply());
    m_client->send(mfaGrant(), {});
    m_network->reply()->answer(401, "{}");
    m_client->logOut({secret("access-0"), {}}, {});
    m_client->send(refreshGrant(), {});
    const QJsonObject reply{{u"access_token"_s, u"access-2"_s},
        {u"refresh_token"_s, u"refresh-2"_s}, {u"userId"_s, said}, {u"username"_s, said},
        {u"roleName"_s, said}, {u"userType"_s, said}};
    m_network->reply()->answer(200, QJsonDocument(reply).toJson());
    const auto *granted = answerAs<Granted>();
    QVERIFY(granted);
    QCOMPARE(granted->reply.userId, u"…"_s);
    QCOMPARE(granted->reply.username, QString());
    QCOMPARE(granted->reply.roleName, u"…"_s);
    QCOMPARE(granted->reply.userType, u"…"_s);
    QCOMPARE(granted->reply.accessToken.toString(), u"access-2"_s);
}

void TestHttpTokenClient::refusalTellsNoSecret_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");

    QTest::newRow("none") << QByteArray(R"({"title": "Locked"})") << u"Locked"_s;
    QTest::newRow("detail") << QByteArray(R"({"detail": "not refresh-1"})") << u"…"_s;
    QTest::newRow("field") << QByteArray(R"({"errors": {"a": ["not REFRESH-1"]}})") << u"…"_s;
    QTest::newRow("half here, half there")
        << QByteArray(R"({"title": "refresh", "detail": "-1"})") << u"…"_s;
}

void TestHttpTokenClient::refusalTellsNoSecret()
{
    QFETCH(const QByteArray, body);
    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(
        503, body, "application/problem+json", QNetworkReply::ServiceUnavailableError);
    QVERIFY(answerAs<AuthError>());
    QTEST(answerAs<AuthError>()->trace.words, "words");
}

void TestHttpTokenClient::secretInUseIsNeverForgotten_data()
{
    QTest::addColumn<QByteArray>("said");

    QTest::newRow("the password that was right") << QByteArray("not p+a");
    QTest::newRow("the ticket") << QByteArray("not ticket");
    QTest::newRow("the refresh token") << QByteArray("not refresh-1");
    QTest::newRow("the access token") << QByteArray("not access-1");
}

void TestHttpTokenClient::secretInUseIsNeverForgotten()
{
    QFETCH(const QByteArray, said);
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(200, mfaReply());
    m_client->send(mfaGrant(), {});
    m_network->reply()->answer(200, R"({"access_token":"access-1","refresh_token":"refresh-1"})");
    QVERIFY(answerAs<Granted>());
    refuseManyPasswords();
    m_client->send(PasswordGrant{u"operator"_s, secret("wrong"), false}, {});
    m_network->reply()->answer(503, "{\"detail\": \"" + said + "\"}", "application/problem+json",
        QNetworkReply::ServiceUnavailableError);
    QCOMPARE(answerAs<AuthError>()->trace.words, u"…"_s);
}

void TestHttpTokenClient::tokensOfTheVaultAreWithheld_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<bool>("isReplaced");

    QTest::newRow("the access token") << QByteArray("not access-0") << false;
    QTest::newRow("the refresh token") << QByteArray("not refresh-0") << false;
    QTest::newRow("an access token that was replaced") << QByteArray("not access-0") << true;
    QTest::newRow("a refresh token that was replaced") << QByteArray("not refresh-0") << true;
}

void TestHttpTokenClient::tokensOfTheVaultAreWithheld()
{
    QFETCH(const QByteArray, said);
    QFETCH(const bool, isReplaced);
    m_client->know(secret("access-0"), secret("refresh-0"), {});
    if (isReplaced) {
        m_client->send(refreshGrant(), {});
        m_network->reply()->answer(200, seedReply());
        QVERIFY(answerAs<Granted>());
    } else {
        refuseManyPasswords();
    }
    m_client->send(PasswordGrant{u"operator"_s, secret("wrong"), false}, {});
    m_network->reply()->answer(503, "{\"detail\": \"" + said + "\"}", "application/problem+json",
        QNetworkReply::ServiceUnavailableError);
    QCOMPARE(answerAs<AuthError>()->trace.words, u"…"_s);
}

void TestHttpTokenClient::secretIsNoAccessToken_data()
{
    QTest::addColumn<QByteArray>("body");

    QTest::newRow("the refresh token sent") << QByteArray(R"({"access_token": "refresh-1"})");
    QTest::newRow("the refresh token given")
        << QByteArray(R"({"access_token": "r-2", "refresh_token": "r-2"})");
    QTest::newRow("the password") << QByteArray(R"({"access_token": "p+a"})");
    QTest::newRow("the ticket given")
        << QByteArray(R"({"access_token": "t-2", "mfa_token": "t-2"})");
}

void TestHttpTokenClient::secretIsNoAccessToken()
{
    QFETCH(const QByteArray, body);
    m_client->send(passwordGrant(), {});
    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(200, body);
    const auto *error = answerAs<AuthError>();
    QVERIFY(error);
    QCOMPARE(error->type, AuthError::Type::BadReply);
    QCOMPARE(error->detail, u"a secret in place of the access token"_s);
    QVERIFY(error->answerLost);
}

// An appliance may answer a refresh with the access token that is still valid.
void TestHttpTokenClient::accessTokenMayStay()
{
    for (int i = 0; i < 2; ++i) {
        m_client->send(refreshGrant(), {});
        m_network->reply()->answer(200, seedReply());
        QVERIFY(answerAs<Granted>());
    }
}

void TestHttpTokenClient::lifeThatIsASecretIsNotTold()
{
    m_client->send(mfaGrant(), {});
    m_network->reply()->answer(200, R"({"access_token": "access-2", "expires_in": 123456})");
    QVERIFY(answerAs<Granted>());
    QVERIFY(!answerAs<Granted>()->reply.expiresIn);
    QCOMPARE(answerAs<Granted>()->reply.accessLife(), 1h);
}

void TestHttpTokenClient::timeThatIsASecretIsNotTold()
{
    m_client->send(PasswordGrant{u"operator"_s, secret("1990-05-12"), false}, {});
    m_network->reply()->answer(200, R"({"access_token": "access-2",
        ".issued": "1990-05-12T00:00:00Z", ".expires": "1990-05-12T01:00:00Z"})");
    const auto *granted = answerAs<Granted>();
    QVERIFY(granted);
    QVERIFY(!granted->reply.issued && !granted->reply.expires);
}

void TestHttpTokenClient::silenceIsATimeout()
{
    m_client->send(refreshGrant(), {});
    m_clock.advance(HttpExchange::patience);
    m_deadlines->look();
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Timeout);
}

void TestHttpTokenClient::exactlyOneAnswerFollows()
{
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_answers.size(), 0);
    const QPointer<FakeReply> reply = m_network->reply();
    reply->answer(200, seedReply());
    reply->abort();
    m_clock.advance(1h);
    m_deadlines->look();
    QCOMPARE(m_answers.size(), 1);
}

void TestHttpTokenClient::cancelledRequestIsNotAnswered()
{
    m_client->send(refreshGrant(), {});
    m_client->cancel();
    QVERIFY(m_network->request().wasAborted);
    m_clock.advance(1h);
    m_deadlines->look();
    QCOMPARE(m_answers.size(), 0);
    m_client->cancel();
    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(200, seedReply());
    QCOMPARE(m_answers.size(), 1);
}

void TestHttpTokenClient::newRequestReplacesTheOldOne()
{
    m_client->send(passwordGrant(), {});
    m_client->send(refreshGrant(), {});
    QVERIFY(m_network->request(0).wasAborted);
    QVERIFY(!m_network->request(1).wasAborted);
    m_network->reply(1)->answer(200, seedReply());
    QCOMPARE(m_answers.size(), 1);
}

void TestHttpTokenClient::aHandlerMayAskAgain()
{
    connect(m_client.get(), &TokenClient::answered, this, [this] {
        if (m_answers.size() == 1)
            m_client->send(mfaGrant(), {});
    });
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(200, mfaReply());
    QCOMPARE(m_network->count(), 2);
    m_network->reply(1)->answer(200, seedReply());
    QVERIFY(answerAs<Granted>());
}

void TestHttpTokenClient::destroyingItAnswersNothing()
{
    m_client->send(refreshGrant(), {});
    m_client->logOut({secret("access-1"), {}}, {});
    m_client.reset();
    QVERIFY(m_network->request(0).wasAborted);
    QVERIFY(m_network->request(1).wasAborted);
    QCOMPARE(m_answers.size(), 0);
}

void TestHttpTokenClient::untrustedCertificateIsTold()
{
    m_client->send(passwordGrant(), anotherFingerprint());
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(answerAs<Untrusted>());
    QVERIFY(answerAs<Untrusted>()->certificate == aCertificate());
    QVERIFY(!m_network->request().wereSslErrorsIgnored);
}

void TestHttpTokenClient::untrustedCertificateTellsNoSecret()
{
    const QString name = aCertificate().subject;
    QVERIFY(!name.isEmpty());
    m_client->send(PasswordGrant{u"operator"_s, Secret::fromString(name), false}, {});
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(answerAs<Untrusted>());
    QCOMPARE(answerAs<Untrusted>()->certificate.subject, u"…"_s);
    QVERIFY(answerAs<Untrusted>()->certificate.fingerprint == aCertificate().fingerprint);
}

void TestHttpTokenClient::pinIsUsed()
{
    m_client->send(passwordGrant(), aCertificate().fingerprint);
    m_network->reply()->meetUntrustedCertificate();
    m_network->reply()->answer(200, seedReply());
    QVERIFY(answerAs<Granted>());
}

void TestHttpTokenClient::logOutCarriesTheToken()
{
    const QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->logOut({secret("access-1"), {}}, {});
    const FakeRequest &sent = m_network->request();
    QCOMPARE(sent.request.url(), QUrl(u"https://appliance.test/api/oauth2/token"_s));
    QCOMPARE(sent.method, QByteArray("DELETE"));
    QCOMPARE(sent.request.rawHeader("Authorization"), QByteArray("Bearer access-1"));
    QCOMPARE(sent.body, QByteArray());
    QCOMPARE(loggedOut.count(), 0);
    m_network->reply()->answer(204, {});
    QCOMPARE(loggedOut.count(), 1);
    QCOMPARE(m_answers.size(), 0);
}

void TestHttpTokenClient::logOutIsAnsweredWhateverComes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QNetworkReply::NetworkError>("code");

    QTest::addColumn<bool>("isDone");

    QTest::newRow("done") << 204 << QNetworkReply::NoError << true;
    QTest::newRow("a page in between") << 302 << QNetworkReply::NoError << false;
    QTest::newRow("refused") << 401 << QNetworkReply::AuthenticationRequiredError << false;
    QTest::newRow("busy") << 503 << QNetworkReply::ServiceUnavailableError << false;
    QTest::newRow("nobody there") << 0 << QNetworkReply::ConnectionRefusedError << false;
}

void TestHttpTokenClient::logOutIsAnsweredWhateverComes()
{
    QFETCH(const int, status);
    QFETCH(const QNetworkReply::NetworkError, code);
    QFETCH(const bool, isDone);
    const QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->logOut({secret("access-1"), {}}, {});
    m_network->reply()->answer(status, {}, {}, code);
    QCOMPARE(loggedOut.count(), 1);
    QCOMPARE(loggedOut.first().first().toBool(), isDone);
}

void TestHttpTokenClient::cancelSparesALogOut()
{
    const QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->send(refreshGrant(), {});
    m_client->logOut({secret("access-1"), {}}, {});
    m_client->cancel();
    QVERIFY(m_network->request(0).wasAborted);
    QVERIFY(!m_network->request(1).wasAborted);
    m_network->reply(1)->answer(204, {});
    QCOMPARE(loggedOut.count(), 1);
}

void TestHttpTokenClient::newestVersionIsTriedFirst()
{
    makeClient(u"https://appliance.test"_s, u"aws"_s);
    m_client->send(passwordGrant(), {});
    QCOMPARE(m_network->request().request.rawHeader("x-api-version"), QByteArray("1.8-rev0"));
}

void TestHttpTokenClient::refusedVersionIsFollowedByTheNext()
{
    makeClient(u"https://appliance.test"_s, u"vbr"_s);
    m_client->send(passwordGrant(), {});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_network->count(), i + 1);
        m_network->reply()->answer(400, versionRefusal, json, badRequest);
    }
    const FakeRequest &sent = m_network->request();
    QCOMPARE(sent.request.rawHeader("x-api-version"), QByteArray("1.2-rev1"));
    QCOMPARE(sent.body, QByteArray("grant_type=password&username=operator&password=p%2Ba"));
    m_network->reply()->answer(200, seedReply());
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(answerAs<Granted>());
    QCOMPARE(answerAs<Granted>()->context.apiVersion, u"1.2-rev1"_s);
}

void TestHttpTokenClient::versionThatWasTakenIsTriedFirst()
{
    makeClient(u"https://appliance.test"_s, u"vbr"_s);
    m_client->know(secret("access-0"), secret("refresh-0"), {u"1.1-rev0"_s});
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_network->request().request.rawHeader("x-api-version"), QByteArray("1.1-rev0"));
    m_network->reply()->answer(400, versionRefusal, json, badRequest);
    QCOMPARE(m_network->request().request.rawHeader("x-api-version"), QByteArray("1.3-rev2"));
    m_network->reply()->answer(200, seedReply());
    QCOMPARE(answerAs<Granted>()->context.apiVersion, u"1.3-rev2"_s);
}

//! Else one wrong password would count as many, and lock the user out.
void TestHttpTokenClient::wrongPasswordIsSentOnce()
{
    makeClient(u"https://appliance.test"_s, u"vbr"_s);
    for (const int status : {400, 401}) {
        const int before = m_network->count();
        m_client->send(passwordGrant(), {});
        m_network->reply()->answer(status, R"({"errorCode":"AccessDenied","message":"no"})", json,
            status == 400 ? badRequest : QNetworkReply::AuthenticationRequiredError);
        QCOMPARE(m_network->count(), before + 1);
        QVERIFY(answerAs<AuthError>()->type == AuthError::Type::Rejected);
    }
}

void TestHttpTokenClient::refreshIsRefusedByAllVersionsOrNone()
{
    makeClient(u"https://appliance.test"_s, u"aws"_s);
    m_client->send(refreshGrant(), {});
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(m_answers.size(), 0);
        m_network->reply()->answer(400, R"({"errorCode":"UnexpectedContent"})", json, badRequest);
    }
    QCOMPARE(m_network->count(), 6);
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(answerAs<AuthError>()->type == AuthError::Type::Expired);

    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(400, R"({"errorCode":"UnexpectedContent"})", json, badRequest);
    m_network->reply()->answer(200, seedReply());
    QVERIFY(answerAs<Granted>());
}

void TestHttpTokenClient::applianceThatTakesNoVersionIsTold()
{
    makeClient(u"https://appliance.test"_s, u"gcp"_s);
    for (const Grant &grant : {passwordGrant(), refreshGrant()}) {
        m_client->send(grant, {});
        for (int i = 0; i < 5; ++i)
            m_network->reply()->answer(400, versionRefusal, json, badRequest);
        QVERIFY(answerAs<AuthError>()->type == AuthError::Type::VersionRefused);
    }
    QCOMPARE(m_network->count(), 10);
}

void TestHttpTokenClient::versionsInPathsAreFound()
{
    makeClient(u"https://appliance.test:4443"_s, u"m365"_s);
    m_client->send(passwordGrant(), {});
    QCOMPARE(m_network->request().request.url().path(), u"/v8/token"_s);
    m_network->reply()->answer(404, "{}", json, QNetworkReply::ContentNotFoundError);
    QCOMPARE(m_network->request().request.url().path(), u"/v7/token"_s);
    m_network->reply()->answer(200, seedReply());
    m_client->logOut({secret("access-1"), {}}, {});
    QCOMPARE(m_network->request().request.url().path(), u"/v7/token/logout"_s);
    QVERIFY(!m_network->request().request.hasRawHeader("x-api-version"));
}

void TestHttpTokenClient::cookiesGoBack()
{
    makeClient(u"https://appliance.test:4443"_s, u"m365"_s);
    m_client->send(passwordGrant(), {});
    QVERIFY(!m_network->request().request.hasRawHeader("Cookie"));
    m_network->reply()->sendHead(
        200, {{"Content-Type", json}, {"Set-Cookie", "af=c00kie; path=/; secure; httponly"}});
    m_network->reply()->sendBody(seedReply());
    m_network->reply()->end();
    QVERIFY(answerAs<Granted>()->context.cookies == secret("af=c00kie"));
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_network->request().request.rawHeader("Cookie"), QByteArray("af=c00kie"));
    m_network->reply()->answer(400, R"({"message":"af=c00kie"})", json, badRequest);
    QCOMPARE(answerAs<AuthError>()->trace.words, u"…"_s);
    m_client->send(passwordGrant(), {});
    QVERIFY(!m_network->request().request.hasRawHeader("Cookie"));
}

void TestHttpTokenClient::cookiesComeFromTheVault()
{
    makeClient(u"https://appliance.test:4443"_s, u"m365"_s);
    m_client->know(secret("access-0"), secret("refresh-0"), {u"v7"_s, secret("af=old")});
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_network->request().request.rawHeader("Cookie"), QByteArray("af=old"));
    QCOMPARE(m_network->request().request.url().path(), u"/v7/token"_s);

    makeClient(u"https://appliance.test"_s, u"azure"_s);
    m_client->know(secret("access-0"), secret("refresh-0"), {{}, secret("af=old")});
    m_client->send(refreshGrant(), {});
    QVERIFY(!m_network->request().request.hasRawHeader("Cookie"));
}

void TestHttpTokenClient::codeIsAskedForByItsStatus()
{
    makeClient(u"https://appliance.test:13140"_s, u"gcp"_s);
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(202, mfaReply());
    QVERIFY(answerAs<CodeAsked>());

    makeClient(u"https://appliance.test"_s, u"azure"_s);
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(202, mfaReply());
    QVERIFY(answerAs<AuthError>());
}

void TestHttpTokenClient::formsAreSentInParts()
{
    makeClient(u"https://appliance.test:9898"_s, u"vro"_s);
    m_client->send(passwordGrant(), {});
    const FakeRequest &sent = m_network->request();
    const QByteArray type = sent.request.header(QNetworkRequest::ContentTypeHeader).toByteArray();
    const QByteArray start = "multipart/form-data; boundary=";
    QVERIFY(type.startsWith(start));
    const QByteArray line = "--" + type.mid(start.size());
    const auto part = [&line](const char *name, const char *value) {
        return line + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
            + "\r\n";
    };
    QCOMPARE(sent.body,
        part("grant_type", "password") + part("username", "operator") + part("password", "p+a")
            + line + "--\r\n");
}

void TestHttpTokenClient::clientIdGoesAlong()
{
    makeClient(u"https://idp.test"_s, u"oauth2"_s, u"latch&key"_s);
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_network->request().body,
        QByteArray("grant_type=refresh_token&refresh_token=refresh-1&client_id=latch%26key"));
    QVERIFY(!m_network->request().request.hasRawHeader("Authorization"));
}

void TestHttpTokenClient::clientSecretIsSentAsBasic()
{
    makeClient(u"https://idp.test"_s, u"oauth2"_s, u"latchkey"_s);
    m_client->send(PasswordGrant{u"operator"_s, secret("pw"), false, secret("s:cret")}, {});
    const QByteArray basic = "Basic " + QByteArray("latchkey:s%3Acret").toBase64();
    QCOMPARE(m_network->request().request.rawHeader("Authorization"), basic);
    QVERIFY(!m_network->request().body.contains("cret"));
    m_network->reply()->answer(200, seedReply());
    QVERIFY(answerAs<Granted>()->context.clientSecret == secret("s:cret"));
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_network->request().request.rawHeader("Authorization"), basic);
    m_network->reply()->answer(
        400, R"({"error":"invalid_grant","error_description":"s:cret"})", json, badRequest);
    QCOMPARE(answerAs<AuthError>()->trace.words, u"…"_s);
}

void TestHttpTokenClient::logOutRevokesTheRefreshToken()
{
    makeClient(u"https://idp.test/auth"_s, u"oauth2"_s, u"latchkey"_s);
    m_client->logOut({secret("access-1"), secret("refresh-1")}, {});
    const FakeRequest &sent = m_network->request();
    QCOMPARE(sent.method, QByteArray("POST"));
    QCOMPARE(sent.request.url(), QUrl(u"https://idp.test/auth/revoke"_s));
    QCOMPARE(
        sent.body, QByteArray("token=refresh-1&token_type_hint=refresh_token&client_id=latchkey"));
    QVERIFY(!sent.request.hasRawHeader("Authorization"));
}

void TestHttpTokenClient::logOutTriesTheNextPath()
{
    makeClient(u"https://appliance.test:13140"_s, u"gcp"_s);
    const QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->logOut({secret("access-1"), {}}, {});
    QCOMPARE(m_network->request().request.url().path(), u"/api/v1/token"_s);
    m_network->reply()->answer(404, "{}", json, QNetworkReply::ContentNotFoundError);
    QCOMPARE(loggedOut.count(), 0);
    QCOMPARE(m_network->request().request.url().path(), u"/api/oauth2/token"_s);
    QCOMPARE(
        m_network->request().request.rawHeader("Authorization"), QByteArray("Bearer access-1"));
    m_network->reply()->answer(404, "{}", json, QNetworkReply::ContentNotFoundError);
    QCOMPARE(loggedOut.count(), 1);
    QVERIFY(!loggedOut.first().first().toBool());
}

void TestHttpTokenClient::kindWithoutLogOutConfirmsNothing()
{
    makeClient(u"https://appliance.test:1280"_s, u"vspc"_s);
    QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->logOut({secret("access-1"), {}}, {});
    QCOMPARE(loggedOut.count(), 0);
    QVERIFY(loggedOut.wait());
    QVERIFY(!loggedOut.first().first().toBool());
    QCOMPARE(m_network->count(), 0);
}

void TestHttpTokenClient::kindThatIsGoneIsTold()
{
    makeClient(u"https://appliance.test"_s, u"nimbus"_s);
    QSignalSpy answered(m_client.get(), &TokenClient::answered);
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_answers.size(), 0);
    QVERIFY(answered.wait());
    QVERIFY(answerAs<AuthError>()->type == AuthError::Type::KindMissing);
    QCOMPARE(answerAs<AuthError>()->detail, u"nimbus"_s);
    QCOMPARE(m_network->count(), 0);
}

void TestHttpTokenClient::kindThatIsGoneIsNotToldAfterCancel()
{
    makeClient(u"https://appliance.test"_s, u"nimbus"_s);
    m_client->send(refreshGrant(), {});
    m_client->cancel();
    QCoreApplication::processEvents();
    QCOMPARE(m_answers.size(), 0);
}

void TestHttpTokenClient::transientTroubleAmongVersionsProvesNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QNetworkReply::NetworkError>("code");
    QTest::addColumn<AuthError::Type>("expected");
    QTest::newRow("busy") << 503 << QNetworkReply::ServiceUnavailableError
                          << AuthError::Type::ServerBusy;
    QTest::newRow("too many") << 429 << QNetworkReply::UnknownContentError
                              << AuthError::Type::ServerBusy;
    QTest::newRow("cut off") << 0 << QNetworkReply::RemoteHostClosedError
                             << AuthError::Type::Offline;
}

void TestHttpTokenClient::transientTroubleAmongVersionsProvesNothing()
{
    QFETCH(const int, status);
    QFETCH(const QNetworkReply::NetworkError, code);
    QFETCH(const AuthError::Type, expected);
    makeClient(u"https://appliance.test"_s, u"vbr"_s);
    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(400, R"({"errorCode":"UnexpectedContent"})", json, badRequest);
    if (status > 0)
        m_network->reply()->answer(status, "{}", json, code);
    else
        m_network->reply()->end(code);
    QCOMPARE(m_answers.size(), 1);
    QVERIFY(answerAs<AuthError>()->type == expected);
}

void TestHttpTokenClient::lastVersionTellsWhatIsWrong()
{
    const auto type = [this] {
        return answerAs<AuthError>()->type;
    };
    makeClient(u"https://appliance.test"_s, u"vbr"_s);
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(400, versionRefusal, json, badRequest);
    m_network->reply()->answer(401, "{}", json, QNetworkReply::AuthenticationRequiredError);
    QVERIFY(type() == AuthError::Type::Rejected);
    m_client->send(refreshGrant(), {});
    m_network->reply()->answer(400, versionRefusal, json, badRequest);
    m_network->reply()->answer(401, "{}", json, QNetworkReply::AuthenticationRequiredError);
    QVERIFY(type() == AuthError::Type::Expired);

    makeClient(u"https://appliance.test:4443"_s, u"m365"_s);
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(404, "{}", json, QNetworkReply::ContentNotFoundError);
    m_network->reply()->answer(400, R"({"message":"no"})", json, badRequest);
    QVERIFY(type() == AuthError::Type::Rejected);
}

void TestHttpTokenClient::failedSignInLeavesTheContextAlone()
{
    makeClient(u"https://idp.test"_s, u"oauth2"_s, u"latchkey"_s);
    m_client->know(secret("access-0"), secret("refresh-0"), {{}, {}, secret("right")});
    m_client->send(PasswordGrant{u"operator"_s, secret("pw"), false, secret("wrong")}, {});
    m_network->reply()->answer(400, R"({"error":"invalid_grant"})", json, badRequest);
    m_client->send(refreshGrant(), {});
    const QByteArray basic = "Basic " + QByteArray("latchkey:right").toBase64();
    QCOMPARE(m_network->request().request.rawHeader("Authorization"), basic);

    makeClient(u"https://appliance.test:4443"_s, u"m365"_s);
    m_client->know(secret("access-0"), secret("refresh-0"), {u"v7"_s, secret("af=old")});
    m_client->send(passwordGrant(), {});
    m_network->reply()->answer(
        401, R"({"message":"no"})", json, QNetworkReply::AuthenticationRequiredError);
    m_client->send(refreshGrant(), {});
    QCOMPARE(m_network->request().request.rawHeader("Cookie"), QByteArray("af=old"));
}

void TestHttpTokenClient::nothingIsRevokedWithoutItsToken()
{
    makeClient(u"https://idp.test"_s, u"oauth2"_s);
    QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->logOut({secret("access-1"), {}}, {});
    QVERIFY(loggedOut.wait());
    QVERIFY(!loggedOut.first().first().toBool());
    QCOMPARE(m_network->count(), 0);
}

//! Else any program could have a refresh token sent or handed out in another way.
void TestHttpTokenClient::changedKindOfTheUserWaitsForASignIn()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const QByteArray &accessToken) {
        QFile shipped(u":/kinds/azure.json"_s);
        QVERIFY(shipped.open(QIODevice::ReadOnly));
        QFile file(folder.filePath(u"azure.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(shipped.readAll()
                .replace("\"id\": \"azure\"", R"("id": "azure", "replaces": "azure")")
                .replace("\"access_token\"", accessToken));
    };
    write("\"access_token\"");
    const auto ask = [&](const Kinds &kinds, const RequestContext &context) {
        m_answers.clear();
        m_client = std::make_unique<HttpTokenClient>(
            Endpoint{QUrl(u"https://appliance.test"_s), u"azure"_s}, kinds, m_network->factory(),
            *m_deadlines);
        connect(m_client.get(), &TokenClient::answered, this,
            [this](const TokenAnswer &answer) { m_answers.append(answer); });
        m_client->know(secret("access-0"), secret("refresh-0"), context);
        m_client->send(refreshGrant(), {});
    };
    const Kinds kinds({folder.path()});
    const QByteArray digest = kinds.find(u"azure"_s)->digest;
    ask(kinds, {{}, {}, {}, digest});
    QCOMPARE(m_network->count(), 1);
    ask(kinds, {}); // it was signed in with the shipped one
    QTRY_COMPARE(m_answers.size(), 1);
    QVERIFY(answerAs<AuthError>()->type == AuthError::Type::KindChanged);
    write("\"refresh_token\"");
    const Kinds changed({folder.path()});
    ask(changed, {{}, {}, {}, digest});
    QCOMPARE(m_network->count(), 1);
    m_client->logOut({secret("access-0"), secret("refresh-0")}, {});
    QCOMPARE(m_network->count(), 1);
    QVERIFY(QFile::remove(folder.filePath(u"azure.json"_s)));
    const Kinds shipped({folder.path()});
    ask(shipped, {{}, {}, {}, digest});
    QTRY_COMPARE(m_answers.size(), 1);
    QVERIFY(answerAs<AuthError>()->type == AuthError::Type::KindChanged);
    QCOMPARE(m_network->count(), 1);
}

void TestHttpTokenClient::hintComesWithARefusedPassword()
{
    makeClient(u"https://appliance.test:9419"_s, u"vbr"_s);
    const auto refuse = [this] {
        m_network->reply()->answer(401, R"({"errorCode":"AccessDenied"})", json,
            QNetworkReply::AuthenticationRequiredError);
    };
    m_client->send(passwordGrant(), {});
    refuse();
    QVERIFY(answerAs<AuthError>()->trace.hint.value(u"en"_s).contains(u"service account"_s));
    m_client->send(refreshGrant(), {});
    refuse();
    QVERIFY(answerAs<AuthError>()->trace.hint.isEmpty());
}

void TestHttpTokenClient::userIsTakenFromTheToken()
{
    makeClient(u"https://appliance.test:1280"_s, u"vspc"_s);
    m_client->send(PasswordGrant{u"operator"_s, secret("alenka"), false}, {});
    const QByteArray token = jwt({{u"unique_name"_s, u"alenka"_s}, {u"role"_s, u"admin"_s}});
    m_network->reply()->answer(200, R"({"access_token":")" + token + "\"}");
    QCOMPARE(answerAs<Granted>()->reply.claimedRole, u"admin"_s);
    // It is the password as well.
    QCOMPARE(answerAs<Granted>()->reply.claimedUser, QString());
}

QTEST_GUILESS_MAIN(TestHttpTokenClient)
#include "tst_httptokenclient.moc"
