// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/scout.h"

#include "support/deadaddress.h"
#include "support/fakeclock.h"
#include "support/warnings.h"
#include "wire/http/connectionrace.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Error = QNetworkReply::NetworkError;

namespace {

constexpr int longWait = 20'000;

} // namespace

class TestScout final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void isNeededWhereThereIsAChoice_data();
    void isNeededWhereThereIsAChoice();
    void connectsToNobodyWithoutNeed();
    void namesTheAddressByHttp();
    void findsTheLiveAddress();
    void findsTheLiveAddressOfAProxy();
    void tellsWhoIsUnknown();
    void asksTheProxyToPass_data();
    void asksTheProxyToPass();
    void takesTheAnswer_data();
    void takesTheAnswer();

private:
    void go(const ProxyChoice &proxy, const QString &server);
    [[nodiscard]] ProxyChoice proxy(const QString &host = u"127.0.0.1"_s, const QString &user = {},
        const QString &password = {}) const;
    [[nodiscard]] QTcpSocket *guest();
    [[nodiscard]] QByteArray request();

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<Scout> m_scout;
    Network m_network;
    QList<QHostAddress> m_addresses;
    QStringList m_resolved;
    std::optional<QHostAddress> m_arrived;
    std::optional<std::pair<Error, int>> m_blocked;
    QTcpServer m_server;
    QTcpSocket *m_guest = nullptr;
};

void TestScout::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_addresses = {QHostAddress(QHostAddress::LocalHost)};
    m_resolved.clear();
    m_arrived.reset();
    m_blocked.reset();
    m_guest = nullptr;
    m_network.resolve = [this](const QString &host, QObject *,
                            const std::function<void(const QList<QHostAddress> &)> &found) {
        m_resolved.append(host);
        found(m_addresses);
    };
    m_server.close();
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
}

void TestScout::cleanup()
{
    m_scout.reset();
    m_deadlines.reset();
}

void TestScout::go(const ProxyChoice &proxy, const QString &server)
{
    m_scout = std::make_unique<Scout>(m_network, proxy, *m_deadlines);
    connect(m_scout.get(), &Scout::arrived, this,
        [this](const QHostAddress &address) { m_arrived = address; });
    connect(m_scout.get(), &Scout::blocked, this,
        [this](Error error, int status) { m_blocked = std::pair(error, status); });
    QUrl url(server);
    if (proxy.isNone())
        url.setPort(m_server.serverPort());
    m_scout->go(url);
}

ProxyChoice TestScout::proxy(
    const QString &host, const QString &user, const QString &password) const
{
    return {QNetworkProxy(QNetworkProxy::HttpProxy, host, m_server.serverPort(), user, password)};
}

QTcpSocket *TestScout::guest()
{
    if (!m_guest && QTest::qWaitFor([this] { return m_server.hasPendingConnections(); }, longWait))
        m_guest = m_server.nextPendingConnection();
    return m_guest;
}

QByteArray TestScout::request()
{
    QByteArray head;
    const auto isWhole = [&] {
        head += guest() ? guest()->readAll() : QByteArray();
        return head.endsWith("\r\n\r\n");
    };
    return QTest::qWaitFor(isWhole, longWait) ? head : QByteArray();
}

void TestScout::isNeededWhereThereIsAChoice_data()
{
    QTest::addColumn<ProxyChoice>("proxy");
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("isNeeded");
    const ProxyChoice socks{QNetworkProxy(QNetworkProxy::Socks5Proxy, u"10.0.0.1"_s, 1080)};
    const ProxyChoice named{QNetworkProxy(QNetworkProxy::Socks5Proxy, u"proxy.test"_s, 1080)};
    QTest::newRow("a name") << ProxyChoice() << u"https://a.test"_s << true;
    QTest::newRow("an address") << ProxyChoice() << u"https://10.0.0.1"_s << false;
    QTest::newRow("another address") << ProxyChoice() << u"https://[fd00::1]"_s << false;
    QTest::newRow("http proxy") << proxy(u"10.0.0.1"_s) << u"https://10.0.0.1"_s << true;
    QTest::newRow("socks proxy") << socks << u"https://a.test"_s << true;
    QTest::newRow("socks proxy with a name") << named << u"https://a.test"_s << true;
}

void TestScout::isNeededWhereThereIsAChoice()
{
    QFETCH(const ProxyChoice, proxy);
    QFETCH(const QString, server);
    QFETCH(const bool, isNeeded);
    QCOMPARE(Scout::isNeeded(m_network, proxy, QUrl(server)), isNeeded);
}

void TestScout::connectsToNobodyWithoutNeed()
{
    go({}, u"https://a.test"_s);
    QVERIFY(m_arrived);
    QVERIFY(m_arrived->isNull());
    QCOMPARE(m_resolved, QStringList{u"a.test"_s});
    QVERIFY(!m_server.hasPendingConnections());
}

void TestScout::namesTheAddressByHttp()
{
    go({}, u"http://localhost"_s);
    QVERIFY(m_arrived);
    QCOMPARE(*m_arrived, QHostAddress(QHostAddress::LocalHost));
    QVERIFY(!m_server.hasPendingConnections());
}

void TestScout::findsTheLiveAddress()
{
    const DeadAddress dead(m_server.serverPort());
    m_addresses.prepend(dead.address());
    go({}, u"https://a.test"_s);
    m_clock.advance(ConnectionRace::pause);
    m_deadlines->look();
    QTRY_VERIFY_WITH_TIMEOUT(m_arrived, longWait);
    QCOMPARE(*m_arrived, QHostAddress(QHostAddress::LocalHost));
}

void TestScout::findsTheLiveAddressOfAProxy()
{
    const DeadAddress dead(m_server.serverPort());
    m_addresses.prepend(dead.address());
    go(proxy(u"proxy.test"_s), u"https://a.test"_s);
    QCOMPARE(m_resolved, QStringList{u"proxy.test"_s}); // not the appliance's name
    m_clock.advance(ConnectionRace::pause);
    m_deadlines->look();
    QVERIFY(request().startsWith("CONNECT a.test:443 HTTP/1.1\r\n"));
    guest()->write("HTTP/1.1 200 OK\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_arrived, longWait);
    QCOMPARE(*m_arrived, QHostAddress(QHostAddress::LocalHost));
}

void TestScout::tellsWhoIsUnknown()
{
    m_addresses.clear();
    go({}, u"https://a.test"_s);
    QCOMPARE(m_blocked->first, QNetworkReply::HostNotFoundError);
    go(proxy(u"proxy.test"_s), u"https://a.test"_s);
    QCOMPARE(m_blocked->first, QNetworkReply::ProxyNotFoundError);
}

void TestScout::asksTheProxyToPass_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("name") << u"https://a.test"_s << QByteArray("a.test:443");
    QTest::newRow("port") << u"https://a.test:1443/veeam"_s << QByteArray("a.test:1443");
    QTest::newRow("IPv6") << u"https://[fd00::1]:1443"_s << QByteArray("[fd00::1]:1443");
    QTest::newRow("IDN") << u"https://b\u00fcro.test"_s << QByteArray("xn--bro-hoa.test:443");
}

void TestScout::asksTheProxyToPass()
{
    QFETCH(const QString, server);
    QFETCH(const QByteArray, target);
    go(proxy(u"127.0.0.1"_s, u"us er"_s, u"p:\u00fc"_s), server);
    const QByteArray head = request();
    QVERIFY2(head.startsWith("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"),
        head.constData());
    QVERIFY(head.contains(
        "Proxy-Authorization: Basic " + QByteArray("us er:p:\xc3\xbc").toBase64() + "\r\n"));
}

void TestScout::takesTheAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("error"); // -1: none
    QTest::addColumn<int>("status");
    const auto open = [](const char *name, const QByteArray &answer, const QString &user = {}) {
        QTest::newRow(name) << answer << user << -1 << 0;
    };
    const auto closed = [](const char *name, const QByteArray &answer, Error error, int status,
                            const QString &user = {}) {
        QTest::newRow(name) << answer << user << int(error) << status;
    };

    open("open", "HTTP/1.1 200 Connection established\r\n\r\n");
    open("open, 1.0, without a word", "HTTP/1.0 200\r\nVia: x\r\n\r\n");
    open("open, bare line ends", "HTTP/1.1 200 OK\n\n");
    closed("403", "HTTP/1.1 403 Forbidden\r\n\r\n", QNetworkReply::UnknownProxyError, 403);
    const QByteArray head = "HTTP/1.1 407 Who?\r\nProxy-Authenticate: ";
    const auto wantsSignIn = QNetworkReply::ProxyAuthenticationRequiredError;
    closed("basic", head + "Basic realm=x\r\n\r\n", wantsSignIn, 407, u"user"_s);
    closed("digest without a user", head + "Digest realm=x\r\n\r\n", wantsSignIn, 407);
    open("digest", head + "Digest realm=x\r\n\r\n", u"user"_s);
    open("NTLM", head + "NTLM\r\n\r\n", u"user"_s);
    closed("HTTP/2", "HTTP/2 200\r\n\r\n", QNetworkReply::UnknownProxyError, 0);
    closed("no number", "HTTP/1.1 2000 OK\r\n\r\n", QNetworkReply::UnknownProxyError, 0);
    closed("not http", "220 smtp\r\n\r\n", QNetworkReply::UnknownProxyError, 0);
    closed("empty", "\r\n\r\n", QNetworkReply::UnknownProxyError, 0);
    closed("endless line", QByteArray(20'000, 'x'), QNetworkReply::UnknownProxyError, 0);
}

void TestScout::takesTheAnswer()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, user);
    QFETCH(const int, error);
    QFETCH(const int, status);
    go(proxy(u"127.0.0.1"_s, user, u"pass"_s), u"https://a.test"_s);
    QVERIFY(!request().isEmpty());
    guest()->write(answer);
    QTRY_VERIFY_WITH_TIMEOUT(m_arrived || m_blocked, longWait);
    QCOMPARE(m_blocked ? int(m_blocked->first) : -1, error);
    QCOMPARE(m_blocked ? m_blocked->second : 0, status);
}

QTEST_GUILESS_MAIN(TestScout)
#include "tst_scout.moc"
