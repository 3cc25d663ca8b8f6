// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/applianceprobe.h"

#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/peerconfiguration.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestApplianceProbe final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_probe.reset(); }

    void sendsNoCredential();
    void anyAnswerIsGood_data();
    void anyAnswerIsGood();
    void whatIsNoAnswerIsTold_data();
    void whatIsNoAnswerIsTold();
    void theClockIsReadFromTheDate();
    void anUntrustedCertificateIsToldAndStopsIt();
    void aTrustedCertificateThatIsNotThePinnedOneIsTold();
    void aPinnedCertificateIsTold();
    void theDeadlineIsKept();

private:
    void probe(const QUrl &server = QUrl(u"https://appliance.test"_s), const Fingerprint &pin = {});

    QSslConfiguration m_tls;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<ApplianceProbe> m_probe;
    QList<ApplianceReport> m_reports;
};

void TestApplianceProbe::initTestCase()
{
    m_tls = configurationWithPeer();
    QVERIFY2(!m_tls.peerCertificate().isNull(), "no TLS handshake on the loopback interface");
}

void TestApplianceProbe::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_network->setTls(m_tls);
    m_reports.clear();
}

void TestApplianceProbe::probe(const QUrl &server, const Fingerprint &pin)
{
    m_probe = std::make_unique<ApplianceProbe>(server, pin, m_network->factory(), *m_deadlines);
    connect(m_probe.get(), &ApplianceProbe::probed, this,
        [this](const ApplianceReport &report) { m_reports.append(report); });
    m_probe->probe(m_deadlines->now() + 10s);
}

void TestApplianceProbe::sendsNoCredential()
{
    probe(QUrl(u"https://appliance.test:1443/veeam"_s));
    QCOMPARE(m_network->count(), 1);
    const FakeRequest &sent = m_network->request();
    QCOMPARE(sent.method, QByteArray("GET"));
    QCOMPARE(sent.request.url(), QUrl(u"https://appliance.test:1443/veeam/"_s));
    QVERIFY(sent.body.isEmpty());
    QVERIFY(!sent.request.hasRawHeader("Authorization"));
    QVERIFY(!sent.request.hasRawHeader("Cookie"));
}

void TestApplianceProbe::anyAnswerIsGood_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("error");
    QTest::newRow("200") << 200 << int(QNetworkReply::NoError);
    QTest::newRow("302") << 302 << int(QNetworkReply::NoError);
    QTest::newRow("401") << 401 << int(QNetworkReply::AuthenticationRequiredError);
    QTest::newRow("404") << 404 << int(QNetworkReply::ContentNotFoundError);
    QTest::newRow("500") << 500 << int(QNetworkReply::InternalServerError);
}

void TestApplianceProbe::anyAnswerIsGood()
{
    QFETCH(const int, status);
    QFETCH(const int, error);
    probe();
    m_network->reply()->answer(status, "page", "text/html", QNetworkReply::NetworkError(error));
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().isReachable);
    QVERIFY(!m_reports.first().problem);
    QVERIFY(m_reports.first().tls);
    QVERIFY(m_reports.first().tls->trust == TlsConnection::Trust::System);
    QCOMPARE(m_reports.first().tls->certificate, aCertificate());
}

void TestApplianceProbe::whatIsNoAnswerIsTold_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("error");
    QTest::addColumn<AuthError::Type>("type");
    using Type = AuthError::Type;
    QTest::newRow("refused") << 0 << int(QNetworkReply::ConnectionRefusedError) << Type::Offline;
    QTest::newRow("unknown host") << 0 << int(QNetworkReply::HostNotFoundError) << Type::Offline;
    QTest::newRow("proxy") << 407 << int(QNetworkReply::ProxyAuthenticationRequiredError)
                           << Type::ProxyRefused;
    QTest::newRow("dead proxy") << 0 << int(QNetworkReply::ProxyConnectionRefusedError)
                                << Type::ProxyUnreachable;
    QTest::newRow("time-out") << 0 << int(QNetworkReply::TimeoutError) << Type::Timeout;
    QTest::newRow("no TLS") << 0 << int(QNetworkReply::SslHandshakeFailedError) << Type::TlsRefused;
}

void TestApplianceProbe::whatIsNoAnswerIsTold()
{
    QFETCH(const int, status);
    QFETCH(const int, error);
    QFETCH(const AuthError::Type, type);
    m_network->setTls({});
    probe();
    if (status)
        m_network->reply()->sendHead(status);
    m_network->reply()->end(QNetworkReply::NetworkError(error));
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(!m_reports.first().isReachable);
    QVERIFY(m_reports.first().problem);
    QCOMPARE(m_reports.first().problem->type, type);
    QVERIFY(!m_reports.first().tls);
}

void TestApplianceProbe::theClockIsReadFromTheDate()
{
    probe();
    const auto now = std::chrono::floor<std::chrono::seconds>(m_deadlines->now().wall) + 90s;
    const QDateTime date = QDateTime::fromSecsSinceEpoch(now.time_since_epoch().count(), Qt::UTC);
    const QString text = QLocale::c().toString(date, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    m_network->reply()->sendHead(200, {{"Date", text.toLatin1()}});
    m_network->reply()->end();
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().clockOffset);
    QVERIFY(std::chrono::abs(*m_reports.first().clockOffset - 90s) <= 1s);
}

void TestApplianceProbe::anUntrustedCertificateIsToldAndStopsIt()
{
    probe(QUrl(u"https://appliance.test"_s), anotherFingerprint());
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(!m_network->request().wereSslErrorsIgnored);
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().isReachable);
    QCOMPARE(m_reports.first().problem->type, AuthError::Type::TlsUntrusted);
    QVERIFY(m_reports.first().tls->trust == TlsConnection::Trust::No);
    QCOMPARE(m_reports.first().tls->certificate, aCertificate());
}

void TestApplianceProbe::aTrustedCertificateThatIsNotThePinnedOneIsTold()
{
    probe(QUrl(u"https://appliance.test"_s), anotherFingerprint());
    m_network->reply()->meetCertificate();
    QVERIFY(m_network->request().wasAborted);
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().isReachable);
    QCOMPARE(m_reports.first().problem->type, AuthError::Type::TlsUntrusted);
    QVERIFY(m_reports.first().tls->trust == TlsConnection::Trust::No);
    QCOMPARE(m_reports.first().tls->certificate, aCertificate());
}

void TestApplianceProbe::aPinnedCertificateIsTold()
{
    probe(QUrl(u"https://appliance.test"_s), aCertificate().fingerprint);
    m_network->reply()->meetUntrustedCertificate();
    QVERIFY(m_network->request().wereSslErrorsIgnored);
    m_network->reply()->answer(200, "page");
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().tls->trust == TlsConnection::Trust::Pinned);
    QVERIFY(!m_reports.first().problem);
}

void TestApplianceProbe::theDeadlineIsKept()
{
    probe();
    m_clock.advance(10s);
    m_deadlines->look();
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(!m_reports.first().isReachable);
    QCOMPARE(m_reports.first().problem->type, AuthError::Type::Timeout);
    QVERIFY(m_network->request().wasAborted);
}

QTEST_GUILESS_MAIN(TestApplianceProbe)
#include "tst_applianceprobe.moc"
