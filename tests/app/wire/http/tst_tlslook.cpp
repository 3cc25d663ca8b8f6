// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/tlslook.h"

#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Type = AuthError::Type;

namespace {

constexpr int longWait = 20'000;

} // namespace

class TestTlsLook final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void firstBytesHaveAMeaning_data();
    void firstBytesHaveAMeaning();
    void saysAClientHelloWithTheHostsName();
    void silenceEnds();
    void aHangUpEnds();
    void anAbsentServerEnds();

private:
    void look(const QString &host = u"127.0.0.1"_s);

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<TlsLook> m_look;
    std::unique_ptr<QSignalSpy> m_looked;
    QTcpServer m_server;
};

void TestTlsLook::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_look = std::make_unique<TlsLook>(*m_deadlines);
    m_looked = std::make_unique<QSignalSpy>(m_look.get(), &TlsLook::looked);
    m_server.close(); // drops connections left over from the last test
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
}

void TestTlsLook::cleanup()
{
    m_look.reset();
    m_deadlines.reset();
}

void TestTlsLook::look(const QString &host)
{
    QUrl server(u"https://127.0.0.1"_s);
    server.setHost(host);
    server.setPort(m_server.serverPort());
    m_look->look(server, QNetworkProxy::NoProxy, QHostAddress(QHostAddress::LocalHost));
}

void TestTlsLook::firstBytesHaveAMeaning_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Type>("type");
    const auto hex = [](const char *name, const char *bytes, Type type) {
        QTest::newRow(name) << QByteArray::fromHex(bytes) << type;
    };

    QTest::newRow("nothing") << QByteArray() << Type::TlsRefused;
    QTest::newRow("http") << QByteArray("HTTP/1.1 40") << Type::PlainHttp;
    QTest::newRow("ssh") << QByteArray("SSH-2.0-Ope") << Type::NotTls;
    QTest::newRow("one byte") << QByteArray("\x15") << Type::NotTls;
    hex("alert: handshake failure", "15030300020228", Type::TlsRefused);
    hex("alert: protocol version", "15030300020246", Type::TlsTooOld);
    hex("half an alert", "150303", Type::TlsRefused);
    hex("hello of SSL 3", "160300002a020000260300", Type::TlsTooOld);
    hex("hello of TLS 1.0", "160301002a020000260301", Type::TlsTooOld);
    hex("hello of TLS 1.1", "160302002a020000260302", Type::TlsTooOld);
    hex("hello of TLS 1.2 and 1.3", "160303002a020000260303", Type::TlsRefused);
    hex("half a hello", "160303002a02", Type::TlsRefused);
    hex("zeros", "0000000000000000000000", Type::NotTls);
}

void TestTlsLook::firstBytesHaveAMeaning()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Type, type);
    QCOMPARE(tlsProblemFrom(bytes), type);
}

void TestTlsLook::saysAClientHelloWithTheHostsName()
{
    look(u"b\u00fcro.test"_s);
    QVERIFY(m_server.waitForNewConnection(longWait));
    QTcpSocket *client = m_server.nextPendingConnection();
    QTRY_VERIFY_WITH_TIMEOUT(client->bytesAvailable() > 5, longWait);
    const QByteArray hello = client->readAll();
    QVERIFY(hello.startsWith(QByteArray::fromHex("160301")));
    QCOMPARE(hello.size(), 5 + (uchar(hello.at(3)) << 8) + uchar(hello.at(4)));
    QVERIFY(hello.contains("xn--bro-hoa.test"));
    client->write("220 mail.example ESMTP\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(m_looked->count(), 1, longWait);
    QCOMPARE(m_looked->first().first().toByteArray(), QByteArray("220 mail.ex"));
}

void TestTlsLook::silenceEnds()
{
    look();
    QVERIFY(m_server.waitForNewConnection(longWait));
    m_clock.advance(TlsLook::patience);
    m_deadlines->look();
    QTRY_COMPARE_WITH_TIMEOUT(m_looked->count(), 1, longWait);
    QVERIFY(m_looked->first().first().toByteArray().isEmpty());
}

void TestTlsLook::aHangUpEnds()
{
    look();
    QVERIFY(m_server.waitForNewConnection(longWait));
    m_server.nextPendingConnection()->abort();
    QTRY_COMPARE_WITH_TIMEOUT(m_looked->count(), 1, longWait);
    QVERIFY(m_looked->first().first().toByteArray().isEmpty());
}

void TestTlsLook::anAbsentServerEnds()
{
    const quint16 port = m_server.serverPort();
    m_server.close();
    m_look->look(QUrl(u"https://127.0.0.1:%1"_s.arg(port)), QNetworkProxy::NoProxy, {});
    QTRY_COMPARE_WITH_TIMEOUT(m_looked->count(), 1, longWait);
}

QTEST_GUILESS_MAIN(TestTlsLook)
#include "tst_tlslook.moc"
