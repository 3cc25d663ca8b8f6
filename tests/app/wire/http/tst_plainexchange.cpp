// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/plainexchange.h"

#include "support/warnings.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

using Error = QNetworkReply::NetworkError;

constexpr qint64 largest = 100;

} // namespace

class TestPlainExchange final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void sendsWhatItIsGiven_data();
    void sendsWhatItIsGiven();
    void asksBeforeItSends_data();
    void asksBeforeItSends();
    void goesToNoOtherMachine();
    void nobodyThereIsToldApart();
    void repliesAreRead_data();
    void repliesAreRead();
    void whatHasComeSoFarIsTold();

private:
    void start(const QByteArray &method = "POST", const QString &path = u"/api"_s,
        const QByteArray &body = "body");
    [[nodiscard]] QByteArray heard();
    void answer(const QByteArray &reply, bool isLast = true);

    Listener m_listener = Listener::Ours;
    QTcpServer m_server;
    QTcpSocket *m_guest = nullptr;
    QByteArray m_heard;
    std::unique_ptr<PlainExchange> m_exchange;
    std::unique_ptr<QSignalSpy> m_finished;
};

void TestPlainExchange::init()
{
    failOnAnyWarning();
    m_listener = Listener::Ours;
    m_guest = nullptr;
    m_heard.clear();
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
}

void TestPlainExchange::cleanup()
{
    m_finished.reset();
    m_exchange.reset();
    m_server.close();
}

void TestPlainExchange::start(const QByteArray &method, const QString &path, const QByteArray &body)
{
    m_exchange = std::make_unique<PlainExchange>(
        [this](const QTcpSocket &socket) {
            const bool isMeant = socket.state() == QAbstractSocket::ConnectedState
                && socket.peerPort() == m_server.serverPort();
            return isMeant ? m_listener : Listener::Nobody;
        },
        largest);
    m_finished = std::make_unique<QSignalSpy>(m_exchange.get(), &PlainExchange::finished);
    QNetworkRequest request(QUrl(u"http://localhost:%1%2"_s.arg(m_server.serverPort()).arg(path)));
    request.setRawHeader("Accept", "application/json");
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    m_exchange->start(m_server.serverAddress(), request, method, body);
}

//! Everything that the exchange has sent up to now.
QByteArray TestPlainExchange::heard()
{
    if (!m_guest)
        m_guest = m_server.nextPendingConnection();
    if (m_guest)
        m_heard += m_guest->readAll();
    return m_heard;
}

void TestPlainExchange::answer(const QByteArray &reply, bool isLast)
{
    QTRY_VERIFY(heard().contains("\r\n\r\n"));
    m_guest->write(reply);
    if (isLast)
        m_guest->disconnectFromHost();
}

void TestPlainExchange::sendsWhatItIsGiven_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("POST") << "POST"_ba << u"/api/%C3%B6"_s << "a=b"_ba << "POST /api/%C3%B6"_ba;
    QTest::newRow("GET") << "GET"_ba << QString() << ""_ba << "GET /"_ba;
    QTest::newRow("query") << "DELETE"_ba << u"/x?a=%26&b"_s << ""_ba << "DELETE /x?a=%26&b"_ba;
}

void TestPlainExchange::sendsWhatItIsGiven()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, line);
    start(method, path, body);
    QTRY_VERIFY(heard().endsWith("\r\n\r\n" + body));
    QVERIFY(m_heard.startsWith(line + " HTTP/1.1\r\n"));
    QByteArrayList headers = m_heard.left(m_heard.indexOf("\r\n\r\n")).split('\n').mid(1);
    for (QByteArray &header : headers)
        header = header.trimmed().toLower();
    std::ranges::sort(headers);
    QCOMPARE(headers,
        QByteArrayList({"accept: application/json", "connection: close",
            "content-length: " + QByteArray::number(body.size()),
            "host: localhost:" + QByteArray::number(m_server.serverPort())}));
}

void TestPlainExchange::asksBeforeItSends_data()
{
    QTest::addColumn<Listener>("listener");
    QTest::addColumn<bool>("isSent");
    QTest::newRow("ours") << Listener::Ours << true;
    QTest::newRow("unknown") << Listener::Unknown << true;
    QTest::newRow("another's") << Listener::Anothers << false;
    QTest::newRow("nobody") << Listener::Nobody << false;
}

void TestPlainExchange::asksBeforeItSends()
{
    QFETCH(const bool, isSent);
    QFETCH(const Listener, listener);
    m_listener = listener;
    start();
    if (isSent) {
        QTRY_VERIFY(heard().endsWith("body"));
        QVERIFY(!m_exchange->outcome().wasHeldBack);
        return;
    }
    QTRY_COMPARE(m_finished->count(), 1);
    QTRY_VERIFY(
        heard().isEmpty() && m_guest && m_guest->state() == QAbstractSocket::UnconnectedState);
    QCOMPARE(heard(), QByteArray());
    const HttpOutcome outcome = m_exchange->outcome();
    QVERIFY(outcome.wasHeldBack);
    QCOMPARE(outcome.error, Error::ConnectionRefusedError);
    const QString place = u"127.0.0.1:%1"_s.arg(m_server.serverPort());
    QCOMPARE(outcome.othersPlace, listener == Listener::Anothers ? place : QString());
}

void TestPlainExchange::goesToNoOtherMachine()
{
    PlainExchange exchange([](const QTcpSocket &) { return Listener::Ours; }, largest);
    const QSignalSpy finished(&exchange, &PlainExchange::finished);
    exchange.start(
        QHostAddress(u"192.0.2.1"_s), QNetworkRequest(QUrl(u"http://localhost"_s)), "POST", "body");
    QCOMPARE(finished.count(), 1);
    QVERIFY(exchange.outcome().wasHeldBack);
}

void TestPlainExchange::nobodyThereIsToldApart()
{
    m_server.close();
    start();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_exchange->outcome().error, Error::ConnectionRefusedError);
    QVERIFY(m_exchange->outcome().wasHeldBack);
    QVERIFY(m_exchange->outcome().othersPlace.isEmpty());
}

void TestPlainExchange::repliesAreRead_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<bool>("isLast");
    QTest::addColumn<int>("status");
    QTest::addColumn<Error>("error");
    const QByteArray start("HTTP/1.1 200 OK\r\n");
    QTest::newRow("length") << start + "Content-Length: 2\r\n\r\n{}" << false << 200
                            << Error::NoError;
    QTest::newRow("up to the end") << start + "\r\n{}" << true << 200 << Error::NoError;
    QTest::newRow("cut short") << start + "Content-Length: 3\r\n\r\n{}" << true << 200
                               << Error::RemoteHostClosedError;
    QTest::newRow("nothing") << QByteArray() << true << 0 << Error::RemoteHostClosedError;
    QTest::newRow("no reply") << "SSH-2.0-OpenSSH_9.2\r\n"_ba << false << 0
                              << Error::ProtocolFailure;
}

void TestPlainExchange::repliesAreRead()
{
    QFETCH(const QByteArray, reply);
    QFETCH(const bool, isLast);
    QFETCH(const int, status);
    start();
    answer(reply, isLast);
    QTRY_COMPARE(m_finished->count(), 1);
    const HttpOutcome outcome = m_exchange->outcome();
    QCOMPARE(outcome.status, status);
    QTEST(outcome.error, "error");
    QCOMPARE(outcome.body, status == 0 ? QByteArray() : QByteArray("{}"));
    QVERIFY(!outcome.wasHeldBack);
    QTRY_COMPARE(m_guest->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_finished->count(), 1);
}

void TestPlainExchange::whatHasComeSoFarIsTold()
{
    start();
    answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nSet-Cookie: a=1\r\n\r\n{}", false);
    QTRY_COMPARE(m_exchange->outcome().body, "{}"_ba);
    QCOMPARE(m_exchange->outcome().status, 200);
    QCOMPARE(m_exchange->reply().headers("set-cookie"), QByteArrayList({"a=1"}));
    QVERIFY(m_finished->isEmpty());
}

QTEST_GUILESS_MAIN(TestPlainExchange)
#include "tst_plainexchange.moc"
