// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/applianceprobe.h"

#include "support/demoappliance.h"
#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/tlslistener.h"
#include "support/tunnelproxy.h"
#include "support/warnings.h"

#include <QFile>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Type = AuthError::Type;

namespace {

constexpr int patience = 20'000;

} // namespace

//! An exchange that connects to one of several addresses still uses and checks the host name.
class TestHttpExchangeLive final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void theNameIsCheckedAtEachAddress();
    void anotherNameIsRefusedAtEachAddress();
    void thePinIsCheckedAtEachAddress();
    void noByteGoesToACertificateThatIsTrustedAndNotPinned_data();
    void noByteGoesToACertificateThatIsTrustedAndNotPinned();
    void theNameIsAskedForInTheHandshake();
    void theNameIsAskedForInTheRequest();
    void aProxyIsAskedForTheName();
    void theProbeTakesTheLiveAddress();
    void theProbeTellsWhatIsTheMatter_data();
    void theProbeTellsWhatIsTheMatter();

private:
    void exchange(const QString &server, const Fingerprint &pin = {});
    [[nodiscard]] QByteArray heardFrom(const QString &scheme);
    [[nodiscard]] QString at(const QString &scheme, const QString &host, quint16 port) const
    {
        return u"%1://%2:%3"_s.arg(scheme, host).arg(port);
    }
    [[nodiscard]] quint16 port() const { return quint16(m_appliance->url().port()); }

    QTemporaryDir m_folder;
    std::unique_ptr<DemoAppliance> m_appliance;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<HttpExchange> m_exchange;
    Network m_network;
    ProxyChoice m_proxy;
    HttpOutcome m_outcome;
};

// The machine trusts the certificate of support/data and the appliance's own, which is for
// `localhost` and 127.0.0.1.
void TestHttpExchangeLive::initTestCase()
{
    const QString file = m_folder.filePath(u"appliance.pem"_s);
    m_appliance = std::make_unique<DemoAppliance>();
    QVERIFY(m_appliance->start({u"--certificate-out"_s, file}));
    QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
    QVERIFY(trusting.addCaCertificates(file));
    QVERIFY(trusting.addCaCertificates(u":/support/appliance.pem"_s));
    QSslConfiguration::setDefaultConfiguration(trusting);
}

// Nobody listens at the first address. The race goes on at once and needs no clock.
void TestHttpExchangeLive::init()
{
    failOnAnyWarning();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_proxy = {};
    m_network = networkOfThisMachine([this](const QUrl &) { return m_proxy; });
    m_network.resolve = [](const QString &, QObject *context,
                            const std::function<void(const QList<QHostAddress> &)> &found) {
        const QList addresses{QHostAddress(u"127.0.0.3"_s), QHostAddress(QHostAddress::LocalHost)};
        QMetaObject::invokeMethod(context, [=] { found(addresses); }, Qt::QueuedConnection);
    };
}

void TestHttpExchangeLive::cleanup()
{
    m_exchange.reset();
    m_deadlines.reset();
}

void TestHttpExchangeLive::exchange(const QString &server, const Fingerprint &pin)
{
    m_exchange = std::make_unique<HttpExchange>(m_network, pin, *m_deadlines);
    connect(m_exchange.get(), &HttpExchange::finished, this,
        [this](const HttpOutcome &outcome) { m_outcome = outcome; });
    QSignalSpy finished(m_exchange.get(), &HttpExchange::finished);
    m_exchange->start(QNetworkRequest(QUrl(server)), "GET", {});
    QVERIFY(finished.wait(patience));
}

void TestHttpExchangeLive::theNameIsCheckedAtEachAddress()
{
    exchange(at(u"https"_s, u"localhost"_s, port()));
    QVERIFY(m_outcome.status != 0);
    QVERIFY(!m_exchange->untrusted());
    QVERIFY(m_exchange->tls());
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::System);
}

void TestHttpExchangeLive::anotherNameIsRefusedAtEachAddress()
{
    const qint64 requests = m_appliance->counter(u"resourceRequests"_s);
    exchange(at(u"https"_s, u"other.test"_s, port()));
    QCOMPARE(m_outcome.status, 0);
    QVERIFY(m_exchange->untrusted());
    QCOMPARE(m_exchange->untrusted()->fingerprint.toText(), m_appliance->sha256());
    QCOMPARE(m_appliance->counter(u"resourceRequests"_s), requests);
}

void TestHttpExchangeLive::thePinIsCheckedAtEachAddress()
{
    const QString server = at(u"https"_s, u"other.test"_s, port());
    exchange(server, *Fingerprint::fromText(m_appliance->sha256()));
    QVERIFY(m_outcome.status != 0);
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::Pinned);
    exchange(server, *Fingerprint::fromText(QString(64, u'a')));
    QCOMPARE(m_outcome.status, 0);
    QVERIFY(m_exchange->untrusted());
}

void TestHttpExchangeLive::noByteGoesToACertificateThatIsTrustedAndNotPinned_data()
{
    QTest::addColumn<bool>("isProxied");

    QTest::newRow("directly") << false;
    QTest::newRow("through a proxy") << true;
}

void TestHttpExchangeLive::noByteGoesToACertificateThatIsTrustedAndNotPinned()
{
    QFETCH(const bool, isProxied);
    TunnelProxy proxy;
    QVERIFY(proxy.listen());
    if (isProxied)
        m_proxy = proxy.choice();
    TlsListener appliance;
    QVERIFY(appliance.listen());
    const QString server = at(u"https"_s, u"appliance.test"_s, appliance.serverPort());
    exchange(server, aCertificate().fingerprint);
    QCOMPARE(m_outcome.status, 204);
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::Pinned);
    exchange(server);
    QCOMPARE(m_outcome.status, 204);
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::System);

    const QByteArray heard = appliance.heard();
    exchange(server, anotherFingerprint());
    QCOMPARE(m_outcome.status, 0);
    QVERIFY(m_exchange->untrusted() == aCertificate());
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::No);
    QCOMPARE(m_exchange->tls()->protocol, u"TLSv1.3"_s); // the handshake was completed
    m_exchange.reset();
    QTRY_VERIFY_WITH_TIMEOUT(appliance.isAlone(), patience);
    QCOMPARE(appliance.heard(), heard);
}

//! What arrives at the live address of `appliance.test`, up to the point where a server would
//! answer.
QByteArray TestHttpExchangeLive::heardFrom(const QString &scheme)
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        return {};
    m_exchange = std::make_unique<HttpExchange>(m_network, Fingerprint(), *m_deadlines);
    m_exchange->start(
        QNetworkRequest(QUrl(at(scheme, u"appliance.test"_s, server.serverPort()))), "GET", {});
    QByteArray heard;
    // The first connection is the scout's, which sends nothing.
    const auto hasHeard = [&] {
        while (server.hasPendingConnections())
            server.nextPendingConnection();
        for (QTcpSocket *guest : server.findChildren<QTcpSocket *>())
            heard += guest->readAll();
        return heard.contains("\r\n\r\n") || heard.size() > 200;
    };
    const bool isThere = QTest::qWaitFor(hasHeard, patience);
    return isThere ? heard.replace(QByteArray::number(server.serverPort()), "PORT") : QByteArray();
}

void TestHttpExchangeLive::theNameIsAskedForInTheHandshake()
{
    const QByteArray hello = heardFrom(u"https"_s);
    QVERIFY(hello.startsWith('\x16'));
    QVERIFY(hello.contains("appliance.test"));
}

void TestHttpExchangeLive::theNameIsAskedForInTheRequest()
{
    const QByteArray request = heardFrom(u"http"_s);
    QVERIFY2(request.contains("\r\nHost: appliance.test:PORT\r\n"), request.constData());
    QCOMPARE(request.count("Host:"), 1);
}

void TestHttpExchangeLive::aProxyIsAskedForTheName()
{
    TunnelProxy proxy;
    QVERIFY(proxy.listen());
    m_proxy = proxy.choice();
    exchange(at(u"https"_s, u"localhost"_s, port()));
    QVERIFY(m_outcome.status != 0);
    QCOMPARE(proxy.target(), "localhost:" + QByteArray::number(port()));
    QVERIFY(m_exchange->tls()->trust == TlsConnection::Trust::System);
}

void TestHttpExchangeLive::theProbeTakesTheLiveAddress()
{
    ApplianceProbe probe(QUrl(at(u"https"_s, u"localhost"_s, port())), {}, m_network, *m_deadlines);
    QSignalSpy probed(&probe, &ApplianceProbe::probed);
    probe.probe(m_deadlines->now() + 10s);
    QVERIFY(probed.wait(patience));
    const auto report = probed.first().first().value<ApplianceReport>();
    QVERIFY(report.isReachable);
    QVERIFY(report.tls->trust == TlsConnection::Trust::System);
}

void TestHttpExchangeLive::theProbeTellsWhatIsTheMatter_data()
{
    QTest::addColumn<QJsonObject>("switches");
    QTest::addColumn<QByteArray>("proxyCredentials");
    QTest::addColumn<Type>("type");
    QTest::addColumn<int>("status");
    QTest::newRow("old TLS") << QJsonObject{{u"tlsVersion"_s, u"1.1"_s}} << QByteArray()
                             << Type::TlsTooOld << 0;
    QTest::newRow("no handshake") << QJsonObject{{u"fault"_s, u"tlsAlert"_s}} << QByteArray()
                                  << Type::TlsRefused << 0;
    QTest::newRow("proxy") << QJsonObject() << QByteArray("user:pass") << Type::ProxyRefused << 407;
}

void TestHttpExchangeLive::theProbeTellsWhatIsTheMatter()
{
    QFETCH(const QJsonObject, switches);
    QFETCH(const QByteArray, proxyCredentials);
    QFETCH(const Type, type);
    QFETCH(const int, status);
    TunnelProxy proxy(proxyCredentials);
    QVERIFY(proxy.listen());
    if (!proxyCredentials.isEmpty())
        m_proxy = proxy.choice();
    QVERIFY(m_appliance->setSwitches(switches));
    ApplianceProbe probe(QUrl(at(u"https"_s, u"localhost"_s, port())), {}, m_network, *m_deadlines);
    QSignalSpy probed(&probe, &ApplianceProbe::probed);
    probe.probe(m_deadlines->now() + 10s);
    QVERIFY(probed.wait(patience));
    const auto report = probed.first().first().value<ApplianceReport>();
    QVERIFY(!report.isReachable);
    QVERIFY(report.problem);
    QCOMPARE(report.problem->type, type);
    QCOMPARE(report.problem->httpStatus, status);
    QCOMPARE(report.problem->trace.proxy, m_proxy.name());
    QVERIFY(m_appliance->setSwitches({{u"tlsVersion"_s, u"usual"_s}, {u"fault"_s, u"none"_s}}));
}

QTEST_GUILESS_MAIN(TestHttpExchangeLive)
#include "tst_httpexchange_live.moc"
