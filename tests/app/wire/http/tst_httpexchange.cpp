// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/httpexchange.h"

#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/peerconfiguration.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHttpExchange final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void sendsWhatItIsGiven();
    void askForNothingThatQtWouldDoByItself_data();
    void askForNothingThatQtWouldDoByItself();
    void bringsBackWhatCame();
    void bringsBackABodyInPieces();
    void finishesOnce();
    void headersOfTimeAreRead_data();
    void headersOfTimeAreRead();
    void redirectsAreNotFollowed();
    void networkErrorsAreBroughtBack();
    void bodiesUpToAMebibyteAreTaken();
    void largerBodiesAreCutOff();
    void largerBodiesThatComeWithTheEndAreRefused();
    void bodyIsNotBufferedBeyondTheLimit();
    void endsWhenPatienceIsOver();
    void endsThoughTheOtherSideTrickles();
    void theAnswerHasItsTimeHoweverLongTheWayTook();
    void patienceIsNotWaitedForAfterTheEnd();
    void destroyingItCancels();
    void untrustedCertificateStopsIt();
    void certificateForAnotherHostIsTold();
    void pinnedCertificateIsAccepted();
    void anotherPinStopsIt();
    void anotherPinStopsItThoughTheSystemTrusts();
    void patienceThatEndsMeanwhileEndsItOnce();
    void missingCertificateIsNotAccepted();
    void connectionIsTold();
    void httpGoesToThoseOfOurOwn_data();
    void httpGoesToThoseOfOurOwn();
    void nothingIsSentByHttpToOtherUsers();
    void patienceEndsByHttpAsWell();
    void whoListensIsAskedByHttpAlone();
    void httpStaysOnThisMachine();
    void httpGoesThroughNoProxy();

private:
    void start(const Fingerprint &pin = {}, const QByteArray &body = "body");
    [[nodiscard]] HttpOutcome outcome() const;
    [[nodiscard]] Network plainNetwork(Listener listener, const QHostAddress &found = {}) const;

    QSslConfiguration m_tls;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<HttpExchange> m_exchange;
    std::unique_ptr<QSignalSpy> m_finished;
};

void TestHttpExchange::initTestCase()
{
    m_tls = configurationWithPeer();
    QVERIFY2(!m_tls.peerCertificate().isNull(), "no TLS handshake on the loopback interface");
}

void TestHttpExchange::init()
{
    failOnAnyWarning();
    m_finished.reset();
    m_exchange.reset();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_network->setTls(m_tls);
}

void TestHttpExchange::start(const Fingerprint &pin, const QByteArray &body)
{
    m_exchange = std::make_unique<HttpExchange>(m_network->factory(), pin, *m_deadlines);
    m_finished = std::make_unique<QSignalSpy>(m_exchange.get(), &HttpExchange::finished);
    QNetworkRequest request(QUrl(u"https://appliance.test/api"_s));
    request.setRawHeader("Accept", "application/json");
    m_exchange->start(request, "POST", body);
}

HttpOutcome TestHttpExchange::outcome() const
{
    return m_finished->count() == 1 ? m_finished->first().first().value<HttpOutcome>()
                                    : HttpOutcome();
}

//! Finds every host at \a found.
Network TestHttpExchange::plainNetwork(Listener listener, const QHostAddress &found) const
{
    Network network = m_network->factory();
    network.proxyFor = [](const QUrl &) {
        return ProxyChoice();
    };
    network.resolve = [found](const QString &, QObject *,
                          const std::function<void(const QList<QHostAddress> &)> &tell) {
        tell({found});
    };
    network.listenerOn = [listener](const QTcpSocket &) {
        return listener;
    };
    return network;
}

void TestHttpExchange::sendsWhatItIsGiven()
{
    start();
    const FakeRequest &sent = m_network->request();
    QCOMPARE(m_network->count(), 1);
    QCOMPARE(sent.request.url(), QUrl(u"https://appliance.test/api"_s));
    QCOMPARE(sent.method, QByteArray("POST"));
    QCOMPARE(sent.body, QByteArray("body"));
    QCOMPARE(sent.request.rawHeader("Accept"), QByteArray("application/json"));
    QCOMPARE(sent.request.rawHeader("User-Agent"), QByteArray("Latchkey/" LATCHKEY_VERSION));
}

void TestHttpExchange::askForNothingThatQtWouldDoByItself_data()
{
    QTest::addColumn<QNetworkRequest::Attribute>("attribute");
    QTest::addColumn<QVariant>("expected");

    QTest::newRow("redirects") << QNetworkRequest::RedirectPolicyAttribute
                               << QVariant(int(QNetworkRequest::ManualRedirectPolicy));
    QTest::newRow("cache") << QNetworkRequest::CacheLoadControlAttribute
                           << QVariant(int(QNetworkRequest::AlwaysNetwork));
    QTest::newRow("caching") << QNetworkRequest::CacheSaveControlAttribute << QVariant(false);
    QTest::newRow("cookies") << QNetworkRequest::CookieLoadControlAttribute
                             << QVariant(int(QNetworkRequest::Manual));
    QTest::newRow("new cookies") << QNetworkRequest::CookieSaveControlAttribute
                                 << QVariant(int(QNetworkRequest::Manual));
    QTest::newRow("passwords") << QNetworkRequest::AuthenticationReuseAttribute
                               << QVariant(int(QNetworkRequest::Manual));
    QTest::newRow("HTTP/2") << QNetworkRequest::Http2AllowedAttribute << QVariant(false);
}

void TestHttpExchange::askForNothingThatQtWouldDoByItself()
{
    QFETCH(const QNetworkRequest::Attribute, attribute);
    QFETCH(const QVariant, expected);
    start();
    QCOMPARE(m_network->request().request.attribute(attribute).toInt(), expected.toInt());
    QVERIFY(m_network->request().request.attribute(attribute).isValid());
    QCOMPARE(m_network->request().request.rawHeader("Accept-Encoding"), QByteArray("identity"));
}

void TestHttpExchange::bringsBackWhatCame()
{
    start();
    QCOMPARE(m_finished->count(), 0);
    m_network->reply()->answer(200, "{}", "application/json; charset=utf-8");
    QVERIFY(outcome().isSuccess());
    QCOMPARE(outcome().status, 200);
    QCOMPARE(outcome().contentType, QByteArray("application/json; charset=utf-8"));
    QCOMPARE(outcome().body, QByteArray("{}"));
    QVERIFY(!m_exchange->untrusted());
}

void TestHttpExchange::bringsBackABodyInPieces()
{
    start();
    m_network->reply()->sendHead(200);
    m_network->reply()->sendBody("{\"a\":");
    m_network->reply()->sendBody("1");
    m_network->reply()->sendBody("}");
    m_network->reply()->end();
    QCOMPARE(outcome().body, QByteArray("{\"a\":1}"));
}

void TestHttpExchange::finishesOnce()
{
    start();
    const QPointer<FakeReply> reply = m_network->reply();
    reply->answer(200, "{}");
    reply->abort();
    m_clock.advance(1h);
    m_deadlines->look();
    QCOMPARE(m_finished->count(), 1);
    QTRY_VERIFY(!reply);
}

void TestHttpExchange::headersOfTimeAreRead_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<qint64>("expected");

    QTest::newRow("a date") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << qint64(784111777);
    QTest::newRow("none") << QByteArray() << qint64(0);
    QTest::newRow("nonsense") << QByteArray("today") << qint64(0);
}

void TestHttpExchange::headersOfTimeAreRead()
{
    QFETCH(const QByteArray, date);
    QFETCH(const qint64, expected);
    start();
    m_network->reply()->sendHead(503, {{"Date", date}, {"Retry-After", "7"}});
    m_network->reply()->end(QNetworkReply::ServiceUnavailableError);
    QCOMPARE(outcome().retryAfter, QByteArray("7"));
    QVERIFY(m_exchange->date()
        == (expected > 0 ? std::optional(WallTime(std::chrono::seconds(expected))) : std::nullopt));
}

void TestHttpExchange::redirectsAreNotFollowed()
{
    start();
    m_network->reply()->sendHead(302, {{"Location", "https://elsewhere.test/"}});
    m_network->reply()->end();
    QCOMPARE(m_network->count(), 1);
    QCOMPARE(outcome().status, 302);
    QVERIFY(!outcome().isSuccess());
}

void TestHttpExchange::networkErrorsAreBroughtBack()
{
    start();
    m_network->reply()->end(QNetworkReply::ConnectionRefusedError);
    QCOMPARE(outcome().error, QNetworkReply::ConnectionRefusedError);
    QCOMPARE(outcome().status, 0);
    QVERIFY(!outcome().timedOut && !outcome().tooLarge);
}

void TestHttpExchange::bodiesUpToAMebibyteAreTaken()
{
    start();
    m_network->reply()->sendHead(200);
    m_network->reply()->sendBody(QByteArray(HttpExchange::largestBody, 'x'));
    m_network->reply()->end();
    QCOMPARE(outcome().body.size(), HttpExchange::largestBody);
    QVERIFY(outcome().isSuccess());
}

void TestHttpExchange::largerBodiesAreCutOff()
{
    start();
    m_network->reply()->sendHead(200);
    m_network->reply()->sendBody(QByteArray(HttpExchange::largestBody, 'x'));
    QCOMPARE(m_finished->count(), 0);
    m_network->reply()->sendBody("y");
    QVERIFY(m_network->request().wasAborted);
    QCOMPARE(m_finished->count(), 1);
    QVERIFY(outcome().tooLarge);
    QVERIFY(outcome().body.isEmpty());
}

void TestHttpExchange::largerBodiesThatComeWithTheEndAreRefused()
{
    start();
    m_network->reply()->answer(200, QByteArray(HttpExchange::largestBody + 1, 'x'));
    QVERIFY(outcome().tooLarge);
    QVERIFY(!outcome().isSuccess());
}

void TestHttpExchange::bodyIsNotBufferedBeyondTheLimit()
{
    start();
    QCOMPARE(m_network->request().readBufferSize, HttpExchange::largestBody);
}

void TestHttpExchange::endsWhenPatienceIsOver()
{
    start();
    m_clock.advance(HttpExchange::patience - 1ms);
    m_deadlines->look();
    QCOMPARE(m_finished->count(), 0);
    m_clock.advance(1ms);
    m_deadlines->look();
    QCOMPARE(m_finished->count(), 1);
    QVERIFY(outcome().timedOut);
    QVERIFY(m_network->request().wasAborted);
}

void TestHttpExchange::endsThoughTheOtherSideTrickles()
{
    start();
    m_network->reply()->sendHead(200);
    for (auto waited = 0ms; waited < HttpExchange::patience; waited += 1s) {
        QCOMPARE(m_finished->count(), 0);
        m_network->reply()->sendBody("x");
        m_clock.advance(1s);
        m_deadlines->look();
    }
    QVERIFY(outcome().timedOut);
}

//! Else an appliance would renew a session, and nobody hear of it.
void TestHttpExchange::theAnswerHasItsTimeHoweverLongTheWayTook()
{
    Network network = m_network->factory();
    std::function<void(const QList<QHostAddress> &)> found;
    network.proxyFor = [](const QUrl &) {
        return ProxyChoice();
    };
    network.resolve = [&found](const QString &, QObject *, const auto &tell) {
        found = tell;
    };
    HttpExchange exchange(network, {}, *m_deadlines);
    const QSignalSpy finished(&exchange, &HttpExchange::finished);
    exchange.start(QNetworkRequest(QUrl(u"https://appliance.test/api"_s)), "POST", "body");
    m_clock.advance(HttpExchange::patience - 1ms);
    m_deadlines->look();
    QVERIFY(found);
    found({QHostAddress(u"192.0.2.7"_s)});
    m_clock.advance(HttpExchange::patience - 1ms);
    m_deadlines->look();
    QCOMPARE(finished.count(), 0);
    m_network->reply()->answer(200, "{}");
    QCOMPARE(finished.count(), 1);
}

void TestHttpExchange::patienceIsNotWaitedForAfterTheEnd()
{
    start();
    m_network->reply()->answer(200, "{}");
    QVERIFY(!m_deadlines->sleep());
}

void TestHttpExchange::destroyingItCancels()
{
    start();
    m_exchange.reset();
    QVERIFY(m_network->request().wasAborted);
    QCOMPARE(m_finished->count(), 0);
    QVERIFY(!m_deadlines->sleep());
}

void TestHttpExchange::untrustedCertificateStopsIt()
{
    start();
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(!m_network->request().wereSslErrorsIgnored);
    QVERIFY(m_exchange->untrusted() == aCertificate());
    QCOMPARE(outcome().error, QNetworkReply::SslHandshakeFailedError);
}

void TestHttpExchange::certificateForAnotherHostIsTold()
{
    start();
    m_network->reply()->meetUntrustedCertificate({QSslError(QSslError::HostNameMismatch)});
    QVERIFY(m_exchange->untrusted()->isForOtherHost);
    QVERIFY(m_exchange->untrusted()->fingerprint == aCertificate().fingerprint);
}

void TestHttpExchange::pinnedCertificateIsAccepted()
{
    start(aCertificate().fingerprint);
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(m_network->request().wereSslErrorsIgnored);
    QVERIFY(!m_exchange->untrusted());
    m_network->reply()->answer(200, "{}");
    QVERIFY(outcome().isSuccess());
}

void TestHttpExchange::anotherPinStopsIt()
{
    start(anotherFingerprint());
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(!m_network->request().wereSslErrorsIgnored);
    QVERIFY(m_exchange->untrusted() == aCertificate());
}

void TestHttpExchange::anotherPinStopsItThoughTheSystemTrusts()
{
    start(anotherFingerprint());
    m_network->reply()->meetCertificate();
    QVERIFY(m_network->request().wasAborted);
    QCOMPARE(m_finished->count(), 0); // only Qt's own thread is waiting
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(outcome().status, 0);
    QVERIFY(m_exchange->untrusted() == aCertificate());
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::No);
}

void TestHttpExchange::patienceThatEndsMeanwhileEndsItOnce()
{
    start(anotherFingerprint());
    m_network->reply()->meetCertificate();
    m_clock.advance(HttpExchange::patience);
    m_deadlines->look();
    QCoreApplication::processEvents();
    QCOMPARE(m_finished->count(), 1);
    QVERIFY(m_exchange->untrusted() == aCertificate());
}

void TestHttpExchange::missingCertificateIsNotAccepted()
{
    m_network->setTls(QSslConfiguration::defaultConfiguration());
    start();
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(!m_network->request().wereSslErrorsIgnored);
    QVERIFY(!m_exchange->untrusted());
    QCOMPARE(outcome().error, QNetworkReply::SslHandshakeFailedError);
}

void TestHttpExchange::connectionIsTold()
{
    start();
    QVERIFY(!m_exchange->tls());
    m_network->reply()->answer(200, "{}");
    QVERIFY(m_exchange->tls());
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::System);
    QCOMPARE(m_exchange->tls()->certificate, aCertificate());

    start(aCertificate().fingerprint);
    m_network->reply()->meetUntrustedCertificate();
    m_network->reply()->answer(200, "{}");
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::Pinned);

    start(aCertificate().fingerprint); // the system trusts it as well
    m_network->reply()->answer(200, "{}");
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::Pinned);

    start(anotherFingerprint());
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::No);
}

void TestHttpExchange::httpGoesToThoseOfOurOwn_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("named");
    QTest::newRow("IPv4") << u"127.0.0.1"_s << u"127.0.0.1"_s;
    QTest::newRow("IPv6") << u"::1"_s << u"[::1]"_s;
    QTest::newRow("name") << u"::1"_s << u"localhost"_s;
}

void TestHttpExchange::httpGoesToThoseOfOurOwn()
{
    QFETCH(const QString, host);
    QFETCH(const QString, named);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(host)));
    HttpExchange exchange(plainNetwork(Listener::Ours, QHostAddress(host)), {}, *m_deadlines);
    const QSignalSpy finished(&exchange, &HttpExchange::finished);
    const QString authority = u"%1:%2"_s.arg(named).arg(server.serverPort());
    exchange.start(QNetworkRequest(QUrl(u"http://%1/api"_s.arg(authority))), "POST", "body");
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *guest = server.nextPendingConnection();
    QByteArray heard;
    QTRY_VERIFY((heard += guest->readAll()).endsWith("\r\n\r\nbody"));
    QVERIFY(heard.contains("\r\nHost: " + authority.toLatin1() + "\r\n"));
    QVERIFY(heard.contains("Accept-Encoding: identity"));
    guest->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n"
                 "Date: Tue, 01 Sep 2026 12:00:00 GMT\r\n\r\n{}");
    QTRY_COMPARE(finished.count(), 1);
    const auto outcome = finished.first().first().value<HttpOutcome>();
    QVERIFY(outcome.isSuccess());
    QCOMPARE(outcome.body, QByteArray("{}"));
    QCOMPARE(outcome.contentType, QByteArray("text/plain"));
    QVERIFY(exchange.date().has_value());
    QCOMPARE(m_network->count(), 0);
}

void TestHttpExchange::nothingIsSentByHttpToOtherUsers()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString place = u"127.0.0.1:%1"_s.arg(server.serverPort());
    for (const Listener listener : {Listener::Anothers, Listener::Nobody}) {
        HttpExchange exchange(plainNetwork(listener), {}, *m_deadlines);
        const QSignalSpy finished(&exchange, &HttpExchange::finished);
        exchange.start(QNetworkRequest(QUrl(u"http://"_s + place)), "POST", "body");
        QTRY_COMPARE(finished.count(), 1);
        const auto error = transportErrorFrom(finished.first().first().value<HttpOutcome>());
        QVERIFY(error && !error->answerLost);
        const bool isAnothers = listener == Listener::Anothers;
        QCOMPARE(error->type, isAnothers ? AuthError::Type::OtherUser : AuthError::Type::Offline);
        QCOMPARE(error->trace.othersPlace, isAnothers ? place : QString());
        QTRY_VERIFY(server.hasPendingConnections());
        QTcpSocket *guest = server.nextPendingConnection();
        QTRY_COMPARE(guest->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(guest->readAll(), QByteArray());
    }
}

void TestHttpExchange::patienceEndsByHttpAsWell()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    HttpExchange exchange(plainNetwork(Listener::Ours), {}, *m_deadlines);
    const QSignalSpy finished(&exchange, &HttpExchange::finished);
    const QUrl url(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    exchange.start(QNetworkRequest(url), "POST", "body");
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *guest = server.nextPendingConnection();
    QTRY_VERIFY(guest->bytesAvailable() > 0);
    m_clock.advance(HttpExchange::patience);
    m_deadlines->look();
    QTRY_COMPARE(finished.count(), 1);
    const auto error = transportErrorFrom(finished.first().first().value<HttpOutcome>());
    QVERIFY(error && error->answerLost);
    QCOMPARE(error->type, AuthError::Type::Timeout);
    QTRY_COMPARE(guest->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(finished.count(), 1);
}

void TestHttpExchange::whoListensIsAskedByHttpAlone()
{
    Network network = m_network->factory();
    network.listenerOn = [](const QTcpSocket &) {
        return Listener::Anothers;
    };
    HttpExchange exchange(network, {}, *m_deadlines);
    exchange.start(QNetworkRequest(QUrl(u"https://127.0.0.1:8443/api"_s)), "POST", "body");
    QCOMPARE(m_network->count(), 1);
}

//! Even where the name says otherwise, and where one of our own listens at the port here.
void TestHttpExchange::httpStaysOnThisMachine()
{
    const Network network = plainNetwork(Listener::Ours, QHostAddress(u"192.0.2.1"_s));
    for (const QString &server : {u"http://localhost:8080/"_s, u"http://192.0.2.1:8080/"_s}) {
        HttpExchange exchange(network, {}, *m_deadlines);
        QSignalSpy finished(&exchange, &HttpExchange::finished);
        exchange.start(QNetworkRequest(QUrl(server)), "POST", "body");
        QCOMPARE(m_network->count(), 0);
        QVERIFY(finished.wait());
        const auto error = transportErrorFrom(finished.first().first().value<HttpOutcome>());
        QVERIFY(error);
        QCOMPARE(error->type, AuthError::Type::Offline);
        QVERIFY(!error->answerLost);
    }
}

//! The proxy at an address of this machine, so that it is not the way there that fails.
void TestHttpExchange::httpGoesThroughNoProxy()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    Network network = m_network->factory();
    network.proxyFor = [&](const QUrl &) {
        return ProxyChoice{
            QNetworkProxy(QNetworkProxy::Socks5Proxy, u"127.0.0.1"_s, proxy.serverPort())};
    };
    network.listenerOn = [](const QTcpSocket &) {
        return Listener::Ours;
    };
    HttpExchange exchange(network, {}, *m_deadlines);
    QSignalSpy finished(&exchange, &HttpExchange::finished);
    exchange.start(QNetworkRequest(QUrl(u"http://127.0.0.1:8080/api"_s)), "POST", "body");
    QTRY_VERIFY(m_network->count() > 0 || !finished.isEmpty());
    QCOMPARE(m_network->count(), 0);
    const auto error = transportErrorFrom(finished.first().first().value<HttpOutcome>());
    QVERIFY(error);
    QCOMPARE(error->type, AuthError::Type::ProxyUnusable);
    QVERIFY(!proxy.hasPendingConnections());
}

QTEST_GUILESS_MAIN(TestHttpExchange)
#include "tst_httpexchange.moc"
