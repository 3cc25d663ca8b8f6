// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/tcpowner.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
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
    void whoIsAtTheOtherEndIsKnown_data();
    void whoIsAtTheOtherEndIsKnown();
    void whoCatchesAConnectionIsKnown();
};

namespace {

constexpr const char *table =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
    "inode                                                     \n"
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 "
    "1 1 0000000000000000 100 0 0 10 0                         \n"
    "   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 "
    "2 1 0000000000000000 20 0 0 10 -1                         \n"
    "   2: 0100007F:1F90 0100007F:C353 03 00000000:00000000 00:00000000 00000000     0        0 "
    "0 1 0000000000000000 20 0 0 10 -1                         \n"
    "  12: 0100007F:C350 0100007F:1F90 01 00000000:00000000 02:000000F1 00000000 65534        0 "
    "3 1 0000000000000000 20 4 0 10 -1                         \n"
    "  13: 0100007F:C351 0100007F:1F90 06 00000000:00000000 03:000000F1 00000000";

constexpr uid_t another = 65534;

class Socket {
public:
    explicit Socket(int handle)
        : m_handle(handle)
    {
    }
    ~Socket() { close(m_handle); }
    Q_DISABLE_COPY_MOVE(Socket)

    [[nodiscard]] int handle() const { return m_handle; }
    [[nodiscard]] bool set(int level, int option) const
    {
        const int yes = 1;
        return setsockopt(m_handle, level, option, &yes, sizeof yes) == 0;
    }
    [[nodiscard]] bool bindTo(quint16 port) const { return call(bind, port); }
    [[nodiscard]] bool connectTo(quint16 port) const { return call(connect, port); }
    [[nodiscard]] quint16 port() const
    {
        sockaddr_in place{};
        socklen_t size = sizeof place;
        getsockname(m_handle, reinterpret_cast<sockaddr *>(&place), &size);
        return ntohs(place.sin_port);
    }

private:
    bool call(int (*function)(int, const sockaddr *, socklen_t), quint16 port) const
    {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(port);
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return m_handle >= 0
            && function(m_handle, reinterpret_cast<const sockaddr *>(&place), sizeof place) == 0;
    }

    int m_handle;
};

//! Is this user as long as it lives.
class Being {
public:
    explicit Being(uid_t user)
        : m_isSo(seteuid(user) == 0)
    {
    }
    ~Being() { m_isSo = m_isSo && seteuid(0) == 0; }
    Q_DISABLE_COPY_MOVE(Being)

private:
    bool m_isSo;
};

int newSocket()
{
    return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

std::optional<unsigned> userOf(const std::optional<TcpSocket> &socket)
{
    return socket ? std::optional(socket->user) : std::nullopt;
}

bool isHeld(const std::optional<TcpSocket> &socket)
{
    return socket && socket->isHeld;
}

TcpEnd at(quint16 port)
{
    return {"127.0.0.1", port};
}

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
    QCOMPARE(userOf(socketInTable(table, "0100007F:C350", "0100007F:1F90")), std::optional(65534U));
    QCOMPARE(userOf(socketInTable(table, "0100007F:1F90", "0100007F:C350")), std::optional(1000U));
    QVERIFY(isHeld(socketInTable(table, "0100007F:1F90", "0100007F:C350")));
    QCOMPARE(userOf(socketInTable(table, "0100007F:1F90", "0100007F:C353")), std::optional(0U));
    QVERIFY(!isHeld(socketInTable(table, "0100007F:1F90", "0100007F:C353")));
    QVERIFY(!socketInTable(table, "0100007F:C352", "0100007F:1F90"));
    QVERIFY(!socketInTable(table, "0100007F:C350", "0100007F:1F91"));
    QVERIFY(!socketInTable(table, "0100007F:C351", "0100007F:1F90")); // its line is cut off
    QVERIFY(!socketInTable(table, "", ""));
    QVERIFY(!socketInTable("", "0100007F:C350", "0100007F:1F90"));
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
    QCOMPARE(userOf(socketInTables(theirs, ours)), std::optional(geteuid()));
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

void TestTcpOwner::whoIsAtTheOtherEndIsKnown_data()
{
    QTest::addColumn<uid_t>("listening");
    QTest::addColumn<uid_t>("accepting");
    QTest::addColumn<Listener>("whileItWaits");
    QTest::addColumn<Listener>("onceAccepted");
    QTest::newRow("ours") << 0U << 0U << Listener::Ours << Listener::Ours;
    QTest::newRow("another's") << another << another << Listener::Anothers << Listener::Anothers;
    QTest::newRow("handed on") << 0U << another << Listener::Ours << Listener::Anothers;
    QTest::newRow("taken over") << another << 0U << Listener::Anothers << Listener::Ours;
}

void TestTcpOwner::whoIsAtTheOtherEndIsKnown()
{
    QFETCH(const uid_t, listening);
    QFETCH(const uid_t, accepting);
    if (geteuid() != 0)
        QFAIL("Only root can try this: it takes another user.");
    std::optional<Socket> listener;
    {
        const Being user(listening);
        listener.emplace(newSocket());
    }
    QVERIFY(listener->bindTo(0) && listen(listener->handle(), 1) == 0);
    const Socket client(newSocket());
    QVERIFY(client.connectTo(listener->port()));
    const TcpEnd theirs = at(listener->port());
    const TcpEnd ours = at(client.port());
    QTEST(listenerOn(theirs, ours), "whileItWaits");
    std::optional<Socket> accepted;
    {
        const Being user(accepting);
        accepted.emplace(accept(listener->handle(), nullptr, nullptr));
    }
    QTEST(listenerOn(theirs, ours), "onceAccepted");
    listener.reset();
    QTEST(listenerOn(theirs, ours), "onceAccepted");
    QCOMPARE(listenerOn({"::ffff:127.0.0.1", theirs.port}, {"::ffff:127.0.0.1", ours.port}),
        listenerOn(theirs, ours));
    QCOMPARE(listenerOn(theirs, at(1)), Listener::Nobody);
}

//! As another user can who had the port while nobody listened there: a connection that exists gets
//! what comes before a listener does, and one that waits for an answer exists.
void TestTcpOwner::whoCatchesAConnectionIsKnown()
{
    if (geteuid() != 0)
        QFAIL("Only root can try this: it takes another user.");
    const Socket client(newSocket());
    QVERIFY(client.bindTo(0));
    std::optional<Socket> snare;
    std::optional<Socket> caller;
    {
        const Being user(another);
        snare.emplace(newSocket());
        caller.emplace(newSocket());
    }
    QVERIFY(snare->set(SOL_SOCKET, SO_REUSEADDR) && caller->set(SOL_SOCKET, SO_REUSEADDR));
    QCOMPARE(setsockopt(snare->handle(), SOL_SOCKET, SO_BINDTODEVICE, "lo", 3), 0);
    QVERIFY(snare->bindTo(0) && caller->bindTo(snare->port()));
    QVERIFY2(snare->set(IPPROTO_TCP, TCP_FASTOPEN_CONNECT) // so that connecting sends nothing yet
            && snare->set(IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE) && snare->connectTo(client.port()),
        "This needs TCP Fast Open for clients (net.ipv4.tcp_fastopen).");
    const Socket listener(newSocket());
    QVERIFY(listener.set(SOL_SOCKET, SO_REUSEADDR) && listener.bindTo(snare->port()));
    QCOMPARE(listen(listener.handle(), 1), 0);
    QCOMPARE(fcntl(client.handle(), F_SETFL, O_NONBLOCK), 0);
    QVERIFY(!client.connectTo(listener.port()) && errno == EINPROGRESS);
    QVERIFY(caller->connectTo(client.port()));
    QCOMPARE(listenerAt(at(listener.port())), Listener::Ours);
    QCOMPARE(listenerOn(at(listener.port()), at(client.port())), Listener::Anothers);
}

QTEST_GUILESS_MAIN(TestTcpOwner)
#include "tst_tcpowner.moc"
