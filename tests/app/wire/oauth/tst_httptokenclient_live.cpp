// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/session.h"
#include "vault/memorystore.h"
#include "wire/oauth/httptokenclient.h"

#include "support/demoappliance.h"
#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString hardPassword = u"p+a ss&w=ö%25"_s;
constexpr int patience = 20'000;

Instant realTime()
{
    const auto wall = std::chrono::system_clock::now();
    const auto steady = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::floor<Milliseconds>(wall),
        SteadyTime(std::chrono::floor<Milliseconds>(steady))};
}

} // namespace

//! The client over real TLS; the demo appliance runs as a process.
class TestHttpTokenClientLive final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void passwordArrivesExactly();
    void secondFactorIsAskedForAndTaken();
    void wrongCodeIsRefused();
    void wrongPasswordIsRefused_data();
    void wrongPasswordIsRefused();
    void singleSignOnIsRefused();
    void tokensAreRefreshed();
    void spentRefreshTokenIsExpired_data();
    void spentRefreshTokenIsExpired();
    void loggedOutTokenIsDead();
    void untrustedCertificateSendsNothing();
    void anotherPinSendsNothing();
    void trustOfTheSystemIsNoPin_data();
    void trustOfTheSystemIsNoPin();
    void trustedCertificateInPlaceOfThePinnedOneIsAskedAbout();
    void repliesVary_data();
    void repliesVary();
    void clockOffsetIsMeasured();
    void faultsHaveAType_data();
    void faultsHaveAType();
    void redirectIsNotFollowed();
    void lostAnswerIsNotAskedForAgain_data();
    void lostAnswerIsNotAskedForAgain();
    void silenceIsATimeout();
    void cancelledRequestIsNotAnswered();
    void absentApplianceIsOffline();

private:
    void ask(const Grant &grant);
    template<typename Answer> [[nodiscard]] const Answer *answerAs() const
    {
        return std::get_if<Answer>(&m_answer);
    }
    [[nodiscard]] Grant passwordGrant(
        const QString &user = u"operator"_s, const QString &password = hardPassword) const;
    [[nodiscard]] bool set(const QString &name, const QJsonValue &value);
    void makeClient(const Clock &clock, const QUrl &server);
    //! Makes the machine trust the appliance's certificate.
    void trust();

    std::unique_ptr<DemoAppliance> m_appliance;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<HttpTokenClient> m_client;
    Fingerprint m_pin;
    TokenAnswer m_answer;
    const QSslConfiguration m_usual = QSslConfiguration::defaultConfiguration();
};

void TestHttpTokenClientLive::init()
{
    QVERIFY2(qEnvironmentVariableIsSet("LATCHKEY_DEMO_APPLIANCE"), "it names the demo appliance");
    failOnAnyWarning();
    m_appliance = std::make_unique<DemoAppliance>();
    QVERIFY(m_appliance->start());
    const auto pin = Fingerprint::fromText(m_appliance->sha256());
    QVERIFY(pin);
    m_pin = *pin;
    makeClient(realTime, m_appliance->url());
}

void TestHttpTokenClientLive::cleanup()
{
    m_client.reset();
    m_deadlines.reset();
    m_appliance.reset();
    QSslConfiguration::setDefaultConfiguration(m_usual);
}

void TestHttpTokenClientLive::makeClient(const Clock &clock, const QUrl &server)
{
    m_client.reset();
    m_deadlines = std::make_unique<DeadlineQueue>(clock);
    m_client = std::make_unique<HttpTokenClient>(Endpoint{server, u"azure"_s}, shippedKinds(),
        networkOfThisMachine([](const QUrl &) { return ProxyChoice(); }), *m_deadlines);
    connect(m_client.get(), &TokenClient::answered, this,
        [this](const TokenAnswer &answer) { m_answer = answer; });
}

void TestHttpTokenClientLive::trust()
{
    QSslConfiguration trusting = m_usual;
    trusting.addCaCertificate(m_appliance->certificate());
    QSslConfiguration::setDefaultConfiguration(trusting);
}

void TestHttpTokenClientLive::ask(const Grant &grant)
{
    m_answer = AuthError{AuthError::Type::StoreDenied, 0, {}, u"no answer"_s};
    QSignalSpy answered(m_client.get(), &TokenClient::answered);
    m_client->send(grant, m_pin);
    QVERIFY(answered.wait(patience));
    QCOMPARE(answered.count(), 1);
}

Grant TestHttpTokenClientLive::passwordGrant(const QString &user, const QString &password) const
{
    return PasswordGrant{user, Secret::fromString(password), false};
}

bool TestHttpTokenClientLive::set(const QString &name, const QJsonValue &value)
{
    return m_appliance->setSwitches({{name, value}});
}

void TestHttpTokenClientLive::passwordArrivesExactly()
{
    ask(passwordGrant());
    const auto *granted = answerAs<Granted>();
    QVERIFY(granted);
    QVERIFY(m_appliance->accepts(granted->reply.accessToken.bytes().toByteArray()));
    QCOMPARE(granted->reply.roleName, u"PortalOperator"_s);
    QCOMPARE(granted->reply.accessLife(), 3600s);

    const QJsonObject request = m_appliance->log().last().toObject();
    QCOMPARE(request.value("body"_L1).toString(),
        u"grant_type=Password&Username=operator&Password=p%2Ba%20ss%26w%3D%C3%B6%2525"_s);
    const QString form = QString::fromUtf8(
        QJsonDocument(request.value("form"_L1).toObject()).toJson(QJsonDocument::Compact));
    QVERIFY2(form.contains(u'"' + hardPassword + u'"'), qPrintable(form));
    QCOMPARE(request.value("method"_L1).toString(), u"POST"_s);
}

void TestHttpTokenClientLive::secondFactorIsAskedForAndTaken()
{
    ask(passwordGrant(u"alenka"_s));
    QVERIFY(answerAs<CodeAsked>());
    const Secret ticket = answerAs<CodeAsked>()->ticket;
    ask(MfaGrant{ticket, Secret::fromString(m_appliance->code(u"alenka"_s))});
    QVERIFY(answerAs<Granted>());
    QCOMPARE(answerAs<Granted>()->reply.roleName, u"PortalAdmin"_s);
}

void TestHttpTokenClientLive::wrongCodeIsRefused()
{
    ask(passwordGrant(u"alenka"_s));
    QVERIFY(answerAs<CodeAsked>());
    const Secret ticket = answerAs<CodeAsked>()->ticket;
    const QString wrong = m_appliance->code(u"alenka"_s) == "000000"_L1 ? u"000001"_s : u"000000"_s;
    ask(MfaGrant{ticket, Secret::fromString(wrong)});
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::CodeRejected);
}

void TestHttpTokenClientLive::wrongPasswordIsRefused_data()
{
    QTest::addColumn<int>("status");

    QTest::newRow("400") << 400;
    QTest::newRow("401") << 401;
}

void TestHttpTokenClientLive::wrongPasswordIsRefused()
{
    QFETCH(const int, status);
    QVERIFY(set(u"refusalStatus"_s, QString::number(status)));
    ask(passwordGrant(u"operator"_s, u"wrong"_s));
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->httpStatus, status);
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Rejected);
}

void TestHttpTokenClientLive::singleSignOnIsRefused()
{
    ask(passwordGrant(u"sso"_s));
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Rejected);
    QCOMPARE(answerAs<AuthError>()->httpStatus, 200);
}

void TestHttpTokenClientLive::tokensAreRefreshed()
{
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
    const TokenReply first = answerAs<Granted>()->reply;
    ask(RefreshGrant{first.refreshToken});
    QVERIFY(answerAs<Granted>());
    const TokenReply second = answerAs<Granted>()->reply;
    QVERIFY(second.accessToken != first.accessToken);
    QVERIFY(second.refreshToken != first.refreshToken);
    QVERIFY(m_appliance->accepts(second.accessToken.bytes().toByteArray()));
}

void TestHttpTokenClientLive::spentRefreshTokenIsExpired_data()
{
    wrongPasswordIsRefused_data();
}

void TestHttpTokenClientLive::spentRefreshTokenIsExpired()
{
    QFETCH(const int, status);
    QVERIFY(set(u"refusalStatus"_s, QString::number(status)));
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
    const Secret refreshToken = answerAs<Granted>()->reply.refreshToken;
    ask(RefreshGrant{refreshToken});
    QVERIFY(answerAs<Granted>());
    ask(RefreshGrant{refreshToken});
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->httpStatus, status);
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Expired);
}

void TestHttpTokenClientLive::loggedOutTokenIsDead()
{
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
    const Secret accessToken = answerAs<Granted>()->reply.accessToken;
    QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->logOut({accessToken, {}}, m_pin);
    QVERIFY(loggedOut.wait(patience));
    QVERIFY(!m_appliance->accepts(accessToken.bytes().toByteArray()));
    m_client->logOut({accessToken, {}}, m_pin);
    QVERIFY(loggedOut.wait(patience));
    QCOMPARE(loggedOut.count(), 2);
}

void TestHttpTokenClientLive::untrustedCertificateSendsNothing()
{
    const Fingerprint real = m_pin;
    m_pin = {};
    ask(passwordGrant());
    QVERIFY(answerAs<Untrusted>());
    QVERIFY(answerAs<Untrusted>()->certificate.fingerprint == real);
    QVERIFY(!answerAs<Untrusted>()->certificate.subject.isEmpty());
    QCOMPARE(m_appliance->counter(u"tokenRequests"_s), 0);
    QCOMPARE(m_appliance->counter(u"credentialBytes"_s), 0);
    // The same client, after the operator has decided.
    m_pin = real;
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
}

void TestHttpTokenClientLive::anotherPinSendsNothing()
{
    m_pin = anotherFingerprint();
    ask(passwordGrant());
    QVERIFY(answerAs<Untrusted>());
    m_client->logOut({secret("access"), {}}, m_pin);
    QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    QVERIFY(loggedOut.wait(patience));
    QCOMPARE(m_appliance->counter(u"tokenRequests"_s), 0);
    QCOMPARE(m_appliance->counter(u"credentialBytes"_s), 0);
}

void TestHttpTokenClientLive::trustOfTheSystemIsNoPin_data()
{
    QTest::addColumn<Grant>("grant");

    QTest::newRow("password") << passwordGrant();
    QTest::newRow("code") << Grant(MfaGrant{secret("ticket"), secret("123456")});
    QTest::newRow("refresh") << Grant(RefreshGrant{secret("refresh")});
}

void TestHttpTokenClientLive::trustOfTheSystemIsNoPin()
{
    QFETCH(const Grant, grant);
    trust();
    m_pin = anotherFingerprint();
    ask(grant);
    QVERIFY(answerAs<Untrusted>());
    QCOMPARE(answerAs<Untrusted>()->certificate.fingerprint.toText(), m_appliance->sha256());
    QSignalSpy loggedOut(m_client.get(), &TokenClient::loggedOut);
    m_client->logOut({secret("access"), {}}, m_pin);
    QVERIFY(loggedOut.wait(patience));
    QVERIFY(!loggedOut.first().first().toBool());
    QCOMPARE(m_appliance->counter(u"credentialBytes"_s), 0);
    // Without a pin, the system's trust is enough.
    m_pin = {};
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
}

void TestHttpTokenClientLive::trustedCertificateInPlaceOfThePinnedOneIsAskedAbout()
{
    Account account;
    account.user = u"operator"_s;
    account.server = m_appliance->url();
    account.pin = m_pin;
    Session session(account, std::move(m_client), std::make_unique<MemoryStore>(),
        RefreshPolicy([] { return 0.5; }), SessionHistory(), *m_deadlines);
    session.signIn(Secret::fromString(hardPassword), false);
    QTRY_COMPARE_WITH_TIMEOUT(session.phase(), Phase::Active, patience);

    QVERIFY(m_appliance->renewCertificate());
    trust();
    const qint64 sent = m_appliance->counter(u"credentialBytes"_s);
    session.refreshNow();
    QTRY_COMPARE_WITH_TIMEOUT(session.phase(), Phase::TrustNeeded, patience);
    const auto question = std::get<state::TrustNeeded>(session.state());
    QCOMPARE(question.seen.fingerprint.toText(), m_appliance->sha256());
    QCOMPARE(question.pinned, m_pin);
    QCOMPARE(m_appliance->counter(u"credentialBytes"_s), sent);

    session.trust(question.seen.fingerprint);
    QTRY_COMPARE_WITH_TIMEOUT(session.phase(), Phase::Active, patience);
    QCOMPARE(session.account().pin, question.seen.fingerprint);
}

void TestHttpTokenClientLive::repliesVary_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");

    QTest::newRow("nulls") << u"nulls"_s << u"explicit"_s;
    QTest::newRow("token type in upper case") << u"tokenType"_s << u"BEARER"_s;
    QTest::newRow("expires_in as text") << u"expiresIn"_s << u"string"_s;
    QTest::newRow("expires_in missing") << u"expiresIn"_s << u"missing"_s;
    QTest::newRow("members nobody knows") << u"extraFields"_s << u"true"_s;
    QTest::newRow("opaque tokens") << u"claims"_s << u"opaque"_s;
    QTest::newRow("tokens of 60 KiB") << u"tokenSize"_s << u"61440"_s;
}

void TestHttpTokenClientLive::repliesVary()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    QVERIFY(set(name, value));
    ask(passwordGrant());
    const auto *granted = answerAs<Granted>();
    QVERIFY(granted);
    QCOMPARE(granted->reply.accessLife(), 3600s);
    QVERIFY(m_appliance->accepts(granted->reply.accessToken.bytes().toByteArray()));
}

void TestHttpTokenClientLive::clockOffsetIsMeasured()
{
    QVERIFY(set(u"clockSkew"_s, -600));
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
    const auto offset = answerAs<Granted>()->clockOffset;
    QVERIFY(offset);
    QVERIFY2(*offset >= -602s && *offset <= -598s, qPrintable(QString::number(offset->count())));
}

void TestHttpTokenClientLive::faultsHaveAType_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("body");
    QTest::addColumn<AuthError::Type>("type");
    using Type = AuthError::Type;
    const auto row = [](const char *name, const QString &fault, const QString &body, Type type) {
        QTest::newRow(name) << fault << body << type;
    };

    row("400, problem", u"status:400"_s, u"problem"_s, Type::Rejected);
    row("400, html", u"status:400"_s, u"html"_s, Type::BadReply);
    row("401, garbage", u"status:401"_s, u"garbage"_s, Type::BadReply);
    row("404", u"status:404"_s, u"problem"_s, Type::BadReply);
    row("407", u"status:407"_s, u"empty"_s, Type::ProxyRefused);
    row("429", u"status:429"_s, u"empty"_s, Type::ServerBusy);
    row("500", u"status:500"_s, u"problem"_s, Type::ServerBusy);
    row("502", u"status:502"_s, u"html"_s, Type::ServerBusy);
    row("hang-up", u"closeBeforeReply"_s, u"problem"_s, Type::Offline);
    row("cut off", u"truncate"_s, u"problem"_s, Type::Offline);
    row("2 MiB", u"huge:2097152"_s, u"problem"_s, Type::BadReply);
    row("deep", u"deepJson:100000"_s, u"problem"_s, Type::BadReply);
    row("captive portal", u"captivePortal"_s, u"problem"_s, Type::BadReply);
    row("no handshake", u"tlsAlert"_s, u"problem"_s, Type::TlsRefused);
    row("licence", u"licence"_s, u"problem"_s, Type::Rejected);
}

void TestHttpTokenClientLive::faultsHaveAType()
{
    QFETCH(const QString, fault);
    QFETCH(const QString, body);
    QFETCH(const AuthError::Type, type);
    QVERIFY(set(u"faultBody"_s, body));
    QVERIFY(set(u"fault"_s, fault));
    ask(passwordGrant());
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, type);
}

void TestHttpTokenClientLive::redirectIsNotFollowed()
{
    DemoAppliance other;
    QVERIFY(other.start());
    QVERIFY(set(u"fault"_s, u"redirect:"_s + other.url().toString() + u"/api/oauth2/token"_s));
    ask(passwordGrant());
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::BadReply);
    QCOMPARE(answerAs<AuthError>()->httpStatus, 302);
    QCOMPARE(other.counter(u"handshakes"_s), 0);
    QCOMPARE(other.counter(u"tokenRequests"_s), 0);
}

void TestHttpTokenClientLive::lostAnswerIsNotAskedForAgain_data()
{
    QTest::addColumn<QString>("fault");

    QTest::newRow("before the grant") << u"closeBeforeReply"_s;
    QTest::newRow("after the grant") << u"dropAfterCommit"_s;
}

// Qt would send the spent refresh token again, and the refusal would look like the end of the
// session.
void TestHttpTokenClientLive::lostAnswerIsNotAskedForAgain()
{
    QFETCH(const QString, fault);
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
    QVERIFY(set(u"fault"_s, fault));
    QVERIFY(set(u"faultCount"_s, 1));
    ask(RefreshGrant{answerAs<Granted>()->reply.refreshToken});
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Offline);
    QCOMPARE(m_appliance->counter(u"tokenRequests"_s), 2);
}

void TestHttpTokenClientLive::silenceIsATimeout()
{
    FakeClock clock;
    makeClient(clock.clock(), m_appliance->url());
    QVERIFY(set(u"fault"_s, u"hang"_s));
    QSignalSpy answered(m_client.get(), &TokenClient::answered);
    m_client->send(passwordGrant(), m_pin);
    QTRY_COMPARE_WITH_TIMEOUT(m_appliance->counter(u"tokenRequests"_s), 1, patience);
    QCOMPARE(answered.count(), 0);
    clock.advance(HttpExchange::patience);
    m_deadlines->look();
    QCOMPARE(answered.count(), 1);
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Timeout);
}

void TestHttpTokenClientLive::cancelledRequestIsNotAnswered()
{
    QVERIFY(set(u"fault"_s, u"hang"_s));
    QSignalSpy answered(m_client.get(), &TokenClient::answered);
    m_client->send(passwordGrant(), m_pin);
    QTRY_COMPARE_WITH_TIMEOUT(m_appliance->counter(u"tokenRequests"_s), 1, patience);
    m_client->cancel();
    QVERIFY(set(u"fault"_s, u"none"_s));
    ask(passwordGrant());
    QVERIFY(answerAs<Granted>());
    QCOMPARE(answered.count(), 1);
}

void TestHttpTokenClientLive::absentApplianceIsOffline()
{
    const QUrl url = m_appliance->url();
    m_appliance.reset();
    ask(passwordGrant());
    QVERIFY(answerAs<AuthError>());
    QCOMPARE(answerAs<AuthError>()->type, AuthError::Type::Offline);
    QCOMPARE(answerAs<AuthError>()->httpStatus, 0);
}

QTEST_GUILESS_MAIN(TestHttpTokenClientLive)
#include "tst_httptokenclient_live.moc"
