// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/session.h"
#include "session/words/sentences.h"
#include "wire/oauth/httptokenclient.h"

#include "support/deadaddress.h"
#include "support/demoappliance.h"
#include "support/fakesecretstore.h"
#include "support/replies.h"
#include "support/tunnelproxy.h"
#include "support/warnings.h"
#include "wire/http/connectionrace.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Type = AuthError::Type;

namespace {

constexpr int patience = 20'000;

//! What an appliance might grant; here it never comes with status 200.
const QString someTokens =
    uR"({"access_token": "a", "refresh_token": "b", "token_type": "bearer", "expires_in": 3600})"_s;
const QString problem = u"problem"_s;
const QString html = u"html"_s;
const QString empty = u"empty"_s;

QString text(const QString &body)
{
    return u"text:"_s + body;
}

QString asStatus(int status)
{
    return u"status:%1"_s.arg(status);
}

Instant realTime()
{
    const auto wall = std::chrono::system_clock::now();
    const auto steady = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::floor<Milliseconds>(wall),
        SteadyTime(std::chrono::floor<Milliseconds>(steady))};
}

//! The appliance as it should be. Fast unsigned tokens: signatures take time, and nobody here
//! checks them.
const QJsonObject goodDay{{u"fault"_s, u"none"_s}, {u"faultGrant"_s, u"Refresh_token"_s},
    {u"faultBody"_s, problem}, {u"faultType"_s, QString()}, {u"faultHeader"_s, QString()},
    {u"retryAfter"_s, QString()}, {u"refusalStatus"_s, u"401"_s}, {u"rotation"_s, u"strict"_s},
    {u"jwt"_s, u"fast"_s}, {u"tlsVersion"_s, u"usual"_s}};

//! A server in the place of the appliance or its proxy. It gives the same answer to everybody and
//! hangs up, or, if it has no answer, says nothing and stays connected.
class Stranger {
public:
    explicit Stranger(const std::optional<QByteArray> &answer)
        : m_answer(answer)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { meet(); });
    }

    [[nodiscard]] bool listen(quint16 port = 0)
    {
        return m_server.listen(QHostAddress::LocalHost, port);
    }
    [[nodiscard]] ProxyChoice asProxy() const
    {
        return {QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, m_server.serverPort())};
    }
    [[nodiscard]] const QByteArray &heard() const { return m_heard; }

private:
    void meet()
    {
        QTcpSocket *socket = m_server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            m_heard += socket->readAll();
            if (!m_answer)
                return;
            socket->write(*m_answer);
            socket->disconnectFromHost();
        });
    }

    std::optional<QByteArray> m_answer;
    QByteArray m_heard;
    QTcpServer m_server;
};

QByteArray plainHttp(const QByteArray &status, const QByteArray &headers, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\n" + headers
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

const QByteArray jsonHeader = "Content-Type: application/problem+json\r\n";
const QByteArray htmlHeader = "Content-Type: text/html\r\n";

} // namespace

//! Only proof signs out: a real session asks the demo appliance for a refresh over TLS and gets
//! every possible reply. Its refresh token survives everything but a proven refusal.
class TestReplies final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();

    void provenRefusalSignsOut_data();
    void provenRefusalSignsOut();
    void revokedTokenSignsOut_data();
    void revokedTokenSignsOut();

    void otherReplyKeepsTheToken_data();
    void otherReplyKeepsTheToken();
    void lostRotationKeepsTheToken_data();
    void lostRotationKeepsTheToken();
    void lostRefusalKeepsTheToken_data();
    void lostRefusalKeepsTheToken();
    void otherCertificateKeepsTheToken_data();
    void otherCertificateKeepsTheToken();
    void strangerKeepsTheToken_data();
    void strangerKeepsTheToken();
    void proxyKeepsTheToken_data();
    void proxyKeepsTheToken();
    void proxyOutOfUseKeepsTheToken_data();
    void proxyOutOfUseKeepsTheToken();
    void silentProxyKeepsTheToken();
    void proxyWithAPasswordIsPassed();
    void outdatedTlsKeepsTheToken();
    void plainHttpKeepsTheToken();
    void deadAddressIsPassedBy();
    void nothingButDeadAddressesKeepTheToken();
    void refusedHandshakeKeepsTheToken();
    void outageKeepsTheToken();
    void silenceKeepsTheToken();
    void silentHandshakeKeepsTheToken();

private:
    void makeSession(const QUrl &server);
    void makeNamedSession();
    [[nodiscard]] Network network();
    void signIn();
    void refresh();
    void waitOut(QSignalSpy &changed, Phase::Value phase);
    void letTimePass(Milliseconds span);
    [[nodiscard]] bool arm(const QJsonObject &fault) { return m_appliance->setSwitches(fault); }
    [[nodiscard]] bool disarm() { return m_appliance->setSwitches(goodDay); }
    [[nodiscard]] qint64 requests() { return m_appliance->counter(u"tokenRequests"_s); }
    [[nodiscard]] quint16 port() const { return quint16(m_appliance->url().port()); }
    [[nodiscard]] Secret storedRefreshToken() const;
    void checkKept(Phase::Value phase, Type type, int status);
    void checkSignedOut();
    void checkRefreshed();

    std::unique_ptr<DemoAppliance> m_appliance;
    Instant m_now;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    ProxyChoice m_proxy;
    //! The addresses of every host that has a name.
    QList<QHostAddress> m_addresses;
    bool m_isResolved = false;
    std::shared_ptr<FakeVault> m_vault;
    std::unique_ptr<Session> m_session;
    //! The session's tokens before the refresh.
    TokenSet m_held;
    Secret m_stored;
    qint64 m_requests = 0;
};

void TestReplies::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("LATCHKEY_DEMO_APPLIANCE"), "it names the demo appliance");
    m_appliance = std::make_unique<DemoAppliance>();
    QVERIFY(m_appliance->start());
}

void TestReplies::cleanupTestCase()
{
    m_appliance.reset();
}

// Time starts at the real time and stands still, so that no retry happens during a row.
void TestReplies::init()
{
    failOnAnyWarning();
    m_now = realTime();
    m_deadlines = std::make_unique<DeadlineQueue>([this] { return m_now; });
    m_proxy = {};
    m_addresses = {QHostAddress(QHostAddress::LocalHost)};
    m_isResolved = false;
    m_vault = std::make_shared<FakeVault>();
    QVERIFY(disarm());
    makeSession(m_appliance->url());
    signIn();
}

void TestReplies::cleanup()
{
    m_session.reset();
    m_deadlines.reset();
}

void TestReplies::makeSession(const QUrl &server)
{
    m_session.reset();
    Account account = anAccount();
    account.server = server;
    account.pin = Fingerprint::fromText(m_appliance->sha256()).value_or(Fingerprint());
    auto client = std::make_unique<HttpTokenClient>(
        Endpoint{account.server, u"azure"_s}, shippedKinds(), network(), *m_deadlines);
    m_session = std::make_unique<Session>(account, std::move(client), storeOn(m_vault),
        RefreshPolicy([] { return 0.5; }), SessionHistory(), *m_deadlines);
}

//! A session whose appliance has a host name, so that it can have several addresses.
void TestReplies::makeNamedSession()
{
    QUrl server = m_appliance->url();
    server.setHost(u"localhost"_s);
    makeSession(server);
    signIn();
}

Network TestReplies::network()
{
    Network network = networkOfThisMachine([this](const QUrl &) { return m_proxy; });
    network.resolve = [this](const QString &, QObject *context,
                          const std::function<void(const QList<QHostAddress> &)> &found) {
        QMetaObject::invokeMethod(
            context,
            [this, found] {
                found(m_addresses);
                m_isResolved = true;
            },
            Qt::QueuedConnection);
    };
    return network;
}

void TestReplies::signIn()
{
    QSignalSpy changed(m_session.get(), &Session::changed);
    m_session->signIn(secret("p+a ss&w=\xc3\xb6%25"), false);
    waitOut(changed, Phase::SigningIn);
    QCOMPARE(m_session->phase(), Phase::Active);
    m_held = *m_session->tokens();
    m_stored = m_vault->content;
    m_requests = requests();
    QVERIFY(!m_held.refreshToken.isEmpty());
    QVERIFY(storedRefreshToken() == m_held.refreshToken);
}

void TestReplies::refresh()
{
    QSignalSpy changed(m_session.get(), &Session::changed);
    m_session->refreshNow();
    QCOMPARE(m_session->phase(), Phase::Refreshing);
    waitOut(changed, Phase::Refreshing);
}

void TestReplies::waitOut(QSignalSpy &changed, Phase::Value phase)
{
    while (m_session->phase() == phase)
        QVERIFY(changed.wait(patience));
}

void TestReplies::letTimePass(Milliseconds span)
{
    m_now = m_now + span;
    m_deadlines->look();
}

Secret TestReplies::storedRefreshToken() const
{
    const auto stored = TokenSet::fromRecord(m_vault->content, m_session->account(), m_now);
    return stored ? stored->refreshToken : Secret();
}

void TestReplies::checkKept(Phase::Value phase, Type type, int status)
{
    QCOMPARE(m_session->phase(), phase);
    const auto reason = m_session->snapshot().reason;
    QVERIFY(reason || phase == Phase::TrustNeeded);
    QCOMPARE(reason ? reason->type : Type::TlsUntrusted, type);
    QCOMPARE(reason ? reason->httpStatus : 0, status);

    const TokenSet *tokens = m_session->tokens();
    QVERIFY(tokens);
    QVERIFY(tokens->refreshToken == m_held.refreshToken);
    QVERIFY(m_vault->content == m_stored);
    QVERIFY(storedRefreshToken() == m_held.refreshToken);
    QVERIFY(tokens->accessToken == m_held.accessToken);
    QVERIFY(tokens->hasGoodAccess(m_now));
    QVERIFY(m_appliance->accepts(tokens->accessToken.bytes().toByteArray()));
}

void TestReplies::checkSignedOut()
{
    QCOMPARE(m_session->phase(), Phase::SignedOut);
    const auto reason = m_session->snapshot().reason;
    QVERIFY(reason);
    QCOMPARE(reason->type, Type::Expired);
    QVERIFY(!m_session->tokens());
    QVERIFY(m_vault->content.isEmpty());
}

void TestReplies::checkRefreshed()
{
    QCOMPARE(m_session->phase(), Phase::Active);
    const TokenSet *tokens = m_session->tokens();
    QVERIFY(tokens->refreshToken != m_held.refreshToken);
    QVERIFY(storedRefreshToken() == tokens->refreshToken);
    QVERIFY(m_appliance->accepts(tokens->accessToken.bytes().toByteArray()));
}

void TestReplies::provenRefusalSignsOut_data()
{
    QTest::addColumn<QJsonObject>("more");
    const auto row = [](const char *name, const QJsonObject &more) {
        for (const int status : {400, 401}) {
            QJsonObject fault = more;
            fault.insert("fault"_L1, asStatus(status));
            QTest::addRow("%d, %s", status, name) << fault;
        }
    };

    row("problem", {});
    row("json", {{u"faultBody"_s, u"json"_s}});
    row("empty object", {{u"faultBody"_s, text(u"{}"_s)}});
    row("type in capitals", {{u"faultType"_s, u"Application/JSON;Charset=UTF-8"_s}});
    row("asks for a password", {{u"faultHeader"_s, u"WWW-Authenticate: Basic realm=\"x\""_s}});
    row("asks for a bearer", {{u"faultHeader"_s, u"WWW-Authenticate: Bearer"_s}});
}

void TestReplies::provenRefusalSignsOut()
{
    QFETCH(const QJsonObject, more);
    QVERIFY(arm(more));
    refresh();
    checkSignedOut();
    QCOMPARE(requests(), m_requests + 1);
}

void TestReplies::revokedTokenSignsOut_data()
{
    QTest::addColumn<int>("status");

    QTest::newRow("400") << 400;
    QTest::newRow("401") << 401;
}

void TestReplies::revokedTokenSignsOut()
{
    QFETCH(const int, status);
    QVERIFY(arm({{u"refusalStatus"_s, QString::number(status)}}));
    QVERIFY(m_appliance->revokeAll());
    refresh();
    checkSignedOut();
    QCOMPARE(m_session->snapshot().reason->httpStatus, status);
}

void TestReplies::otherReplyKeepsTheToken_data()
{
    QTest::addColumn<QJsonObject>("fault");
    QTest::addColumn<Type>("type");
    QTest::addColumn<int>("status");
    const auto row = [](const QString &name, const QJsonObject &fault, Type type, int status) {
        QTest::newRow(qPrintable(name)) << fault << type << status;
    };
    const auto statusRow = [&](int status, const QString &name, QJsonObject more, Type type) {
        more.insert("fault"_L1, asStatus(status));
        row(u"%1, %2"_s.arg(status).arg(name), more, type, status);
    };
    const auto bodyRow = [&](int status, const QString &body, Type type) {
        statusRow(status, body, {{u"faultBody"_s, body}}, type);
    };
    const auto textRow = [&](int status, const QString &name, const QString &body, Type type,
                             const QString &contentType = u"application/json"_s) {
        statusRow(
            status, name, {{u"faultBody"_s, text(body)}, {u"faultType"_s, contentType}}, type);
    };

    // Replies without a token.
    for (const QString &body : {html, empty, u"garbage"_s, problem})
        bodyRow(200, body, Type::BadReply);
    textRow(200, u"no token"_s, u"{}"_s, Type::BadReply);
    textRow(200, u"empty token"_s, uR"({"access_token": "", "expires_in": 9})"_s, Type::BadReply);
    textRow(
        200, u"wrong types"_s, uR"({"access_token": 7, "refresh_token": []})"_s, Type::BadReply);
    textRow(200, u"refresh token alone"_s, uR"({"refresh_token": "b"})"_s, Type::BadReply);
    textRow(200, u"other token type"_s, uR"({"access_token": "a", "token_type": "mac"})"_s,
        Type::BadReply);
    textRow(
        200, u"second factor"_s, uR"({"mfa_token": "t", "mfa_enabled": true})"_s, Type::BadReply);
    textRow(
        200, u"single sign-on"_s, uR"({"redirectTo": "https://sso.example"})"_s, Type::BadReply);
    textRow(200, u"array"_s, u"["_s + someTokens + u"]"_s, Type::BadReply);
    textRow(200, u"cut-off json"_s, someTokens.chopped(1), Type::BadReply);
    textRow(200, u"two objects"_s, someTokens + someTokens, Type::BadReply);

    // Tokens, but with a status other than 200.
    for (const int status : {201, 202, 203, 206, 226})
        textRow(status, u"tokens"_s, someTokens, Type::BadReply);
    for (const int status : {204, 205, 304})
        bodyRow(status, empty, Type::BadReply);

    // A client that follows these redirects, or asks again, gets tokens.
    const QString here = u"Location: /api/oauth2/token"_s;
    for (const int status : {300, 301, 302, 303, 305, 306, 307, 308}) {
        statusRow(status, u"to the same place"_s, {{u"faultHeader"_s, here}, {u"faultCount"_s, 1}},
            Type::BadReply);
    }
    statusRow(302, u"captive portal"_s,
        {{u"faultHeader"_s, u"Location: http://portal.invalid/"_s}, {u"faultBody"_s, html}},
        Type::BadReply);

    // 400 and 401 without proof.
    for (const int status : {400, 401}) {
        for (const QString &body : {html, empty, u"garbage"_s})
            bodyRow(status, body, Type::BadReply);
        statusRow(status, u"html that calls itself json"_s,
            {{u"faultBody"_s, html}, {u"faultType"_s, u"application/problem+json"_s}},
            Type::BadReply);
        statusRow(status, u"problem as html"_s, {{u"faultType"_s, u"text/html"_s}}, Type::BadReply);
        statusRow(
            status, u"problem as text"_s, {{u"faultType"_s, u"text/plain"_s}}, Type::BadReply);
        textRow(status, u"array"_s, uR"([{"status": 401}])"_s, Type::BadReply);
        textRow(status, u"string"_s, uR"("expired")"_s, Type::BadReply);
        textRow(status, u"null"_s, u"null"_s, Type::BadReply);
        textRow(status, u"cut-off json"_s, uR"({"status": 4)"_s, Type::BadReply);
        textRow(status, u"cut-off problem"_s, uR"({"status": 401, "title": ")"_s, Type::BadReply,
            u"application/problem+json"_s);
        const QString deep = uR"({"a":)"_s + QString(100'000, u'[') + QString(100'000, u']') + u'}';
        textRow(status, u"deep json"_s, deep, Type::BadReply);
    }

    // The other statuses, in the words of the appliance or of a gateway in front of it.
    const std::initializer_list<std::pair<int, Type>> statuses{{402, Type::BadReply},
        {403, Type::ServerBusy}, {404, Type::BadReply}, {405, Type::BadReply},
        {406, Type::BadReply}, {407, Type::ProxyRefused}, {408, Type::Timeout},
        {409, Type::BadReply}, {410, Type::BadReply}, {411, Type::BadReply}, {412, Type::BadReply},
        {413, Type::BadReply}, {414, Type::BadReply}, {415, Type::BadReply}, {418, Type::BadReply},
        {421, Type::BadReply}, {422, Type::BadReply}, {423, Type::ServerBusy},
        {424, Type::BadReply}, {425, Type::BadReply}, {426, Type::BadReply}, {428, Type::BadReply},
        {429, Type::ServerBusy}, {431, Type::BadReply}, {451, Type::BadReply},
        {499, Type::BadReply}, {500, Type::ServerBusy}, {501, Type::ServerBusy},
        {502, Type::ServerBusy}, {503, Type::ServerBusy}, {504, Type::ServerBusy},
        {505, Type::ServerBusy}, {507, Type::ServerBusy}, {511, Type::ServerBusy},
        {520, Type::ServerBusy}, {599, Type::ServerBusy}};
    for (const auto &[status, type] : statuses) {
        bodyRow(status, problem, type);
        bodyRow(status, html, type);
    }
    for (const QString &after : {u"120"_s, u"Fri, 31 Dec 2099 23:59:59 GMT"_s, u"soon"_s}) {
        for (const int status : {429, 503}) {
            statusRow(status, u"Retry-After: "_s + after,
                {{u"retryAfter"_s, after}, {u"faultBody"_s, empty}}, Type::ServerBusy);
        }
    }
    row(u"403, licence"_s, {{u"fault"_s, u"licence"_s}}, Type::ServerBusy, 403);

    // Replies that are nonsense, endless, or missing.
    row(u"captive portal"_s, {{u"fault"_s, u"captivePortal"_s}}, Type::BadReply, 200);
    row(u"deep json"_s, {{u"fault"_s, u"deepJson:100000"_s}}, Type::BadReply, 200);
    row(u"64 MiB"_s, {{u"fault"_s, u"huge:67108864"_s}}, Type::BadReply, 200);
    row(u"no http"_s, {{u"fault"_s, u"notHttp"_s}}, Type::Offline, 0);
    row(u"reset"_s, {{u"fault"_s, u"reset"_s}}, Type::Offline, 0);
    row(u"hang-up"_s, {{u"fault"_s, u"closeBeforeReply"_s}}, Type::Offline, 0);
}

void TestReplies::otherReplyKeepsTheToken()
{
    QFETCH(const QJsonObject, fault);
    QFETCH(const Type, type);
    QFETCH(const int, status);
    QVERIFY(arm(fault));
    refresh();
    checkKept(Phase::Waiting, type, status);
    QCOMPARE(requests(), m_requests + 1);
    QVERIFY(disarm());
    refresh();
    checkRefreshed();
}

void TestReplies::lostRotationKeepsTheToken_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("rotation");

    for (const QString &fault : {u"truncate"_s, u"dropAfterCommit"_s}) {
        for (const QString &rotation : {u"strict"_s, u"lenient"_s, u"keep"_s})
            QTest::addRow("%s, %s", qPrintable(fault), qPrintable(rotation)) << fault << rotation;
    }
}

// The appliance granted tokens, but the answer was lost. The refresh token is kept. If it is spent,
// only the appliance's refusal at the next attempt ends the session.
void TestReplies::lostRotationKeepsTheToken()
{
    QFETCH(const QString, fault);
    QFETCH(const QString, rotation);
    QVERIFY(arm({{u"fault"_s, fault}, {u"rotation"_s, rotation}}));
    refresh();
    checkKept(Phase::Waiting, Type::Offline, fault == "truncate"_L1 ? 200 : 0);
    QCOMPARE(requests(), m_requests + 1);
    QVERIFY(disarm());
    refresh();
    if (rotation == "strict"_L1)
        checkSignedOut();
    else
        checkRefreshed();
}

void TestReplies::lostRefusalKeepsTheToken_data()
{
    revokedTokenSignsOut_data();
}

// Half of a refusal proves nothing; the whole does.
void TestReplies::lostRefusalKeepsTheToken()
{
    QFETCH(const int, status);
    const QJsonObject refusal{{u"refusalStatus"_s, QString::number(status)}};
    QVERIFY(m_appliance->revokeAll());
    QVERIFY(arm(refusal) && arm({{u"fault"_s, u"truncate"_s}}));
    refresh();
    // For a 401, Qt reports no status before the end of the body.
    checkKept(Phase::Waiting, Type::Offline, status == 401 ? 0 : status);
    QVERIFY(disarm() && arm(refusal));
    refresh();
    checkSignedOut();
}

void TestReplies::otherCertificateKeepsTheToken_data()
{
    QTest::addColumn<QString>("fault");

    QTest::newRow("all is well behind it") << u"none"_s;
    QTest::newRow("a refusal behind it") << u"status:401"_s;
    QTest::newRow("a hotel behind it") << u"captivePortal"_s;
}

void TestReplies::otherCertificateKeepsTheToken()
{
    QFETCH(const QString, fault);
    QVERIFY(arm({{u"fault"_s, fault}}));
    const qint64 credentialBytes = m_appliance->counter(u"credentialBytes"_s);
    QVERIFY(m_appliance->renewCertificate());
    refresh();
    checkKept(Phase::TrustNeeded, Type::TlsUntrusted, 0);
    QCOMPARE(requests(), m_requests);
    QCOMPARE(m_appliance->counter(u"credentialBytes"_s), credentialBytes);
    m_session->decline();
    checkKept(Phase::TrustNeeded, Type::TlsUntrusted, 0);

    QVERIFY(disarm());
    refresh();
    QCOMPARE(m_session->phase(), Phase::TrustNeeded);
    QSignalSpy changed(m_session.get(), &Session::changed);
    m_session->trust(m_session->snapshot().certificate->fingerprint);
    waitOut(changed, Phase::Refreshing);
    checkRefreshed();
}

void TestReplies::strangerKeepsTheToken_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Type>("type");

    const QByteArray refusal = plainHttp("401 Unauthorized", jsonHeader, R"({"status": 401})");
    const QByteArray portal =
        plainHttp("302 Found", htmlHeader + "Location: http://portal.invalid/\r\n", "<html>");
    QTest::newRow("refusal without TLS") << refusal << Type::PlainHttp;
    QTest::newRow("portal without TLS") << portal << Type::PlainHttp;
    QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2p1\r\n") << Type::NotTls;
    QTest::newRow("smtp") << QByteArray("220 mail.example ESMTP\r\n") << Type::NotTls;
    QTest::newRow("garbage") << QByteArray(64, '\xff') << Type::NotTls;
    QTest::newRow("alert: handshake failure")
        << QByteArray::fromHex("15030300020228") << Type::TlsRefused;
    QTest::newRow("alert: protocol version")
        << QByteArray::fromHex("15030200020246") << Type::TlsTooOld;
    // A ServerHello of TLS 1.1, as sent by a server that does not know TLS 1.3.
    QTest::newRow("hello of TLS 1.1") << QByteArray::fromHex("160302002a020000260302")
            + QByteArray(32, 'r') + QByteArray::fromHex("00002f00")
                                      << Type::TlsTooOld;
    QTest::newRow("hang-up") << QByteArray() << Type::TlsRefused;
}

void TestReplies::strangerKeepsTheToken()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const Type, type);
    QVERIFY(m_appliance->setOutage(true));
    {
        Stranger stranger(answer);
        QVERIFY(stranger.listen(port()));
        refresh();
        checkKept(Phase::Waiting, type, 0);
        QVERIFY(!stranger.heard().isEmpty());
    }
    QVERIFY(m_appliance->setOutage(false));
    refresh();
    checkRefreshed();
}

void TestReplies::proxyKeepsTheToken_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Type>("type");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &answer, int status,
                         Type type = Type::ProxyRefused) {
        QTest::newRow(name) << answer << type << status;
    };

    const QByteArray basic = "Proxy-Authenticate: Basic realm=\"office\"\r\n";
    const QByteArray ntlm = "Proxy-Authenticate: NTLM\r\n";
    const QByteArray refusal = R"({"status": 401})";
    const QByteArray status407 = "407 Proxy Authentication Required";
    row("407", plainHttp(status407, htmlHeader, "<html>"), 407);
    row("407, basic", plainHttp(status407, htmlHeader + basic, "<html>"), 407);
    row("407, NTLM", plainHttp(status407, htmlHeader + ntlm, "<html>"), 407);
    row("407, problem", plainHttp(status407, jsonHeader + basic, refusal), 407);
    row("401, problem", plainHttp("401 Unauthorized", jsonHeader, refusal), 401);
    row("400, problem", plainHttp("400 Bad Request", jsonHeader, refusal), 400);
    row("302", plainHttp("302 Found", "Location: http://portal.invalid/\r\n", {}), 302);
    row("403", plainHttp("403 Forbidden", htmlHeader, "<html>"), 403);
    row("404", plainHttp("404 Not Found", htmlHeader, "<html>"), 404);
    row("502", plainHttp("502 Bad Gateway", htmlHeader, "<html>"), 502);
    row("503", plainHttp("503 Service Unavailable", htmlHeader, "<html>"), 503);
    row("hang-up", {}, 0);
    row("cut off", "HTTP/1.1 200 Connection establ", 0);
    row("no proxy", "SSH-2.0-OpenSSH_9.2p1\r\n\r\n", 0, Type::ProxyUnusable);
    row("endless", QByteArray(64 * 1024, 'x'), 0, Type::ProxyUnusable);
    row("tunnel that ends", plainHttp("200 Connection established", {}, {}), 0, Type::TlsRefused);
}

void TestReplies::proxyKeepsTheToken()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const Type, type);
    QFETCH(const int, status);
    Stranger proxy(answer);
    QVERIFY(proxy.listen());
    m_proxy = proxy.asProxy();
    refresh();
    checkKept(Phase::Waiting, type, status);
    const AuthError reason = *m_session->snapshot().reason;
    QCOMPARE(reason.trace.proxy, m_proxy.name());
    QVERIFY(type == Type::TlsRefused || sentenceFor(reason).english.contains(m_proxy.name()));
    QVERIFY(!reason.answerLost);
    QVERIFY(proxy.heard().startsWith("CONNECT 127.0.0.1:"));
    QVERIFY(!proxy.heard().contains("token"));
    QCOMPARE(requests(), m_requests);
    m_proxy = {};
    refresh();
    checkRefreshed();
}

void TestReplies::proxyOutOfUseKeepsTheToken_data()
{
    QTest::addColumn<ProxyChoice>("proxy");
    QTest::addColumn<Type>("type");

    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const quint16 port = closed.serverPort();
    const auto http = QNetworkProxy::HttpProxy;
    const auto socks = QNetworkProxy::Socks5Proxy;
    QTest::newRow("dead") << ProxyChoice{QNetworkProxy(http, u"127.0.0.1"_s, port)}
                          << Type::ProxyUnreachable;
    QTest::newRow("unknown") << ProxyChoice{QNetworkProxy(http, u"proxy.test"_s, port)}
                             << Type::ProxyUnreachable;
    QTest::newRow("dead, socks") << ProxyChoice{QNetworkProxy(socks, u"127.0.0.1"_s, port)}
                                 << Type::ProxyUnreachable;
    QTest::newRow("unknown, socks")
        << ProxyChoice{QNetworkProxy(socks, u"proxy.test"_s, port)} << Type::ProxyUnreachable;
    QTest::newRow("of another sort")
        << ProxyChoice{{}, u"https://proxy.test"_s} << Type::ProxyUnusable;
}

void TestReplies::proxyOutOfUseKeepsTheToken()
{
    QFETCH(const ProxyChoice, proxy);
    QFETCH(const Type, type);
    m_addresses.clear();
    m_proxy = proxy;
    refresh();
    checkKept(Phase::Waiting, type, 0);
    const AuthError reason = *m_session->snapshot().reason;
    QVERIFY(sentenceFor(reason).english.contains(proxy.name()));
    QVERIFY(!reason.answerLost);
    QCOMPARE(requests(), m_requests);
    m_proxy = {};
    refresh();
    checkRefreshed();
}

void TestReplies::silentProxyKeepsTheToken()
{
    Stranger proxy(std::nullopt);
    QVERIFY(proxy.listen());
    m_proxy = proxy.asProxy();
    m_session->refreshNow();
    QTRY_VERIFY_WITH_TIMEOUT(!proxy.heard().isEmpty(), patience);
    QCOMPARE(m_session->phase(), Phase::Refreshing);
    letTimePass(HttpExchange::patience);
    checkKept(Phase::Waiting, Type::ProxyUnreachable, 0);
    QCOMPARE(m_session->snapshot().reason->trace.proxy, m_proxy.name());
    QCOMPARE(requests(), m_requests);
    m_proxy = {};
    refresh();
    checkRefreshed();
}

void TestReplies::proxyWithAPasswordIsPassed()
{
    TunnelProxy proxy("us er:p@ss:w\xc3\xb6rd\xe2\x82\xac");
    QVERIFY(proxy.listen());
    m_proxy = proxy.choice(u"us er"_s, u"p@ss:w\u00f6rd\u20ac"_s);
    refresh();
    checkRefreshed();
    QVERIFY(proxy.tunnels() > 0);

    const TokenSet held = *m_session->tokens();
    m_proxy = proxy.choice(u"us er"_s, u"wr0ng"_s);
    refresh();
    QCOMPARE(m_session->phase(), Phase::Waiting);
    const AuthError reason = *m_session->snapshot().reason;
    QCOMPARE(reason.type, Type::ProxyRefused);
    QCOMPARE(reason.httpStatus, 407);
    QVERIFY(!sentenceFor(reason).english.contains("wr0ng"_L1));
    QVERIFY(m_session->tokens()->refreshToken == held.refreshToken);
}

void TestReplies::outdatedTlsKeepsTheToken()
{
    QVERIFY(arm({{u"tlsVersion"_s, u"1.1"_s}}));
    refresh();
    checkKept(Phase::Waiting, Type::TlsTooOld, 0);
    QVERIFY(!m_session->snapshot().reason->answerLost);
    QVERIFY(disarm());
    refresh();
    checkRefreshed();
}

void TestReplies::plainHttpKeepsTheToken()
{
    QVERIFY(m_appliance->setOutage(true));
    {
        DemoAppliance plain;
        QVERIFY(plain.start({u"--http"_s, u"--port"_s, QString::number(port())}));
        refresh();
        checkKept(Phase::Waiting, Type::PlainHttp, 0);
        QCOMPARE(plain.counter(u"tokenRequests"_s), 0);
    }
    QVERIFY(m_appliance->setOutage(false));
    refresh();
    checkRefreshed();
}

void TestReplies::deadAddressIsPassedBy()
{
    makeNamedSession();
    const DeadAddress dead(port());
    m_addresses.prepend(dead.address());
    m_isResolved = false;
    QSignalSpy changed(m_session.get(), &Session::changed);
    m_session->refreshNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_isResolved, patience);
    letTimePass(ConnectionRace::pause);
    waitOut(changed, Phase::Refreshing);
    checkRefreshed();
}

void TestReplies::nothingButDeadAddressesKeepTheToken()
{
    makeNamedSession();
    const DeadAddress dead(port());
    m_addresses = {dead.address(), dead.address()};
    m_isResolved = false;
    m_session->refreshNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_isResolved, patience);
    letTimePass(ConnectionRace::pause);
    letTimePass(HttpExchange::patience);
    checkKept(Phase::Waiting, Type::Timeout, 0);
    QVERIFY(!m_session->snapshot().reason->answerLost);
    m_addresses = {QHostAddress(QHostAddress::LocalHost)};
    refresh();
    checkRefreshed();
}

void TestReplies::refusedHandshakeKeepsTheToken()
{
    QVERIFY(arm({{u"fault"_s, u"tlsAlert"_s}}));
    refresh();
    checkKept(Phase::Waiting, Type::TlsRefused, 0);
    QCOMPARE(requests(), m_requests);
    QVERIFY(disarm());
    refresh();
    checkRefreshed();
}

void TestReplies::outageKeepsTheToken()
{
    QVERIFY(m_appliance->setOutage(true));
    refresh();
    checkKept(Phase::Waiting, Type::Offline, 0);
    QVERIFY(m_appliance->setOutage(false));
    refresh();
    checkRefreshed();
}

void TestReplies::silenceKeepsTheToken()
{
    QVERIFY(arm({{u"fault"_s, u"hang"_s}}));
    m_session->refreshNow();
    QTRY_COMPARE_WITH_TIMEOUT(requests(), m_requests + 1, patience);
    QCOMPARE(m_session->phase(), Phase::Refreshing);
    letTimePass(HttpExchange::patience);
    checkKept(Phase::Waiting, Type::Timeout, 0);
    QVERIFY(disarm());
    refresh();
    checkRefreshed();
}

void TestReplies::silentHandshakeKeepsTheToken()
{
    QVERIFY(m_appliance->setOutage(true));
    {
        Stranger stranger(std::nullopt);
        QVERIFY(stranger.listen(port()));
        m_session->refreshNow();
        QTRY_VERIFY_WITH_TIMEOUT(!stranger.heard().isEmpty(), patience);
        QCOMPARE(m_session->phase(), Phase::Refreshing);
        letTimePass(HttpExchange::patience);
        checkKept(Phase::Waiting, Type::Timeout, 0);
    }
    QVERIFY(m_appliance->setOutage(false));
    refresh();
    checkRefreshed();
}

QTEST_GUILESS_MAIN(TestReplies)
#include "tst_replies_live.moc"
