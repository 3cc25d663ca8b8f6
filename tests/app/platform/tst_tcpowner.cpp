// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/tcpowner.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <unistd.h>

using namespace latchkey;

class TestTcpOwner final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsAreSpelledAsTheKernelDoes();
    void userIsFoundInATable();
    void ownConnectionIsKnown_data();
    void ownConnectionIsKnown();
    void listenersAreKnown_data();
    void listenersAreKnown();
};

namespace {

constexpr const char *table =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
    "inode                                                     \n"
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 "
    "1 1 0000000000000000 100 0 0 10 0                         \n"
    "   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 "
    "2 1 0000000000000000 20 0 0 10 -1                         \n"
    "  12: 0100007F:C350 0100007F:1F90 01 00000000:00000000 02:000000F1 00000000 65534        0 "
    "3 1 0000000000000000 20 4 0 10 -1                         \n"
    "  13: 0100007F:C351 0100007F:1F90 06 00000000:00000000 03:000000F1 00000000";

} // namespace

void TestTcpOwner::endsAreSpelledAsTheKernelDoes()
{
    if constexpr (Q_BYTE_ORDER == Q_LITTLE_ENDIAN) {
        QCOMPARE(tableText({"127.0.0.1", 8080}), std::string("0100007F:1F90"));
        QCOMPARE(tableText({"::1", 80}), std::string("00000000000000000000000001000000:0050"));
        QCOMPARE(mappedTableText({"127.0.0.1", 8080}),
            std::string("0000000000000000FFFF00000100007F:1F90"));
    }
    QCOMPARE(tableText({"localhost", 1}), std::string());
    QCOMPARE(mappedTableText({"::1", 1}), std::string());
}

void TestTcpOwner::userIsFoundInATable()
{
    QCOMPARE(userInTable(table, "0100007F:C350", "0100007F:1F90"), std::optional(65534U));
    QCOMPARE(userInTable(table, "0100007F:1F90", "0100007F:C350"), std::optional(1000U));
    QVERIFY(!userInTable(table, "0100007F:C352", "0100007F:1F90"));
    QVERIFY(!userInTable(table, "0100007F:C350", "0100007F:1F91"));
    QVERIFY(!userInTable(table, "0100007F:C351", "0100007F:1F90")); // its line is cut off
    QVERIFY(!userInTable(table, "", ""));
    QVERIFY(!userInTable("", "0100007F:C350", "0100007F:1F90"));
}

void TestTcpOwner::ownConnectionIsKnown_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
}

void TestTcpOwner::ownConnectionIsKnown()
{
    QFETCH(const QHostAddress, address);
    QTcpServer server;
    QVERIFY(server.listen(address));
    QTcpSocket client;
    client.connectToHost(address, server.serverPort());
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    const std::string host = address.toString().toStdString();
    const TcpEnd theirs{host, client.localPort()};
    const TcpEnd ours{host, server.serverPort()};
    QVERIFY(isOwnUser(theirs, ours));
    QCOMPARE(userInTables(theirs, ours), std::optional(geteuid()));
    QVERIFY(!isOwnUser(ours, {host, 1}));
    client.abort();
    QVERIFY(!isOwnUser(theirs, ours));
    QVERIFY(!isOwnUser({host, 1}, {host, server.serverPort()}));
}

void TestTcpOwner::listenersAreKnown_data()
{
    QTest::addColumn<QString>("listening");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<bool>("isHeard");
    const auto row = [](const char *listening, const char *asked, bool isHeard = true) {
        QTest::addRow("%s, %s", listening, asked)
            << QString::fromLatin1(listening) << QString::fromLatin1(asked) << isHeard;
    };
    row("127.0.0.1", "127.0.0.1");
    row("127.0.0.1", "::ffff:127.0.0.1");
    row("127.0.0.1", "127.0.0.2", false);
    row("127.0.0.1", "::1", false);
    row("::1", "::1");
    row("::1", "127.0.0.1", false);
    row("0.0.0.0", "127.0.0.1");
    row("0.0.0.0", "::1", false);
    row("::", "::1");
    row("any of both", "::1");
    row("any of both", "127.0.0.1");
}

// A listener belongs to whoever has made it, so one process can play all users.
void TestTcpOwner::listenersAreKnown()
{
    QFETCH(const QString, listening);
    QFETCH(const QString, asked);
    QFETCH(const bool, isHeard);
    const QHostAddress address =
        listening.startsWith(QLatin1Char('a')) ? QHostAddress::Any : QHostAddress(listening);
    if (geteuid() != 0)
        QFAIL("Only root can try this: it takes another user.");
    constexpr uid_t another = 65534;
    quint16 port = 0;
    for (const uid_t user : {0U, another}) {
        QCOMPARE(seteuid(user), 0);
        QTcpServer server;
        const bool isThere = server.listen(address);
        QCOMPARE(seteuid(0), 0);
        QVERIFY2(isThere, qPrintable(server.errorString()));
        port = server.serverPort();
        QTcpSocket client; // a connection that was not accepted does not count
        client.connectToHost(QHostAddress(asked), port);
        QTRY_VERIFY(client.state() != QAbstractSocket::ConnectingState);
        const Listener owner = user == another ? Listener::Anothers : Listener::Ours;
        const Listener expected = isHeard ? owner : Listener::Nobody;
        QCOMPARE(listenerAt({asked.toStdString(), port}), expected);
        QCOMPARE(listenerInTables({asked.section(QLatin1String("ffff:"), -1).toStdString(), port}),
            expected);
    }
    QTRY_COMPARE(listenerAt({asked.toStdString(), port}), Listener::Nobody);
    QCOMPARE(seteuid(another), 0);
    QTcpServer server;
    const bool isThere = server.listen(address);
    const Listener toItself = listenerAt({asked.toStdString(), server.serverPort()});
    QCOMPARE(seteuid(0), 0);
    QVERIFY(isThere);
    QCOMPARE(toItself, isHeard ? Listener::Ours : Listener::Nobody);
}

QTEST_GUILESS_MAIN(TestTcpOwner)
#include "tst_tcpowner.moc"
