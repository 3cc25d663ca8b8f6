// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/plainreply.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Error = QNetworkReply::NetworkError;

constexpr qint64 largest = 100;
const QByteArray start("HTTP/1.1 200 OK\r\n");

QByteArray replyOf(qint64 size)
{
    return start + "Content-Length: " + QByteArray::number(size) + "\r\n\r\n"
        + QByteArray(size, 'x');
}

} // namespace

class TestPlainReply final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repliesAreRead_data();
    void repliesAreRead();
    void whatIsNoReplyIsRefused_data();
    void whatIsNoReplyIsRefused();
    void bodiesAreBounded_data();
    void bodiesAreBounded();
    void headersAreTold();
    void whatHasComeSoFarIsTold();
};

void TestPlainReply::repliesAreRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isClosed");
    QTest::addColumn<int>("status");
    QTest::addColumn<Error>("error");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &bytes, bool isClosed,
                         const QByteArray &body, int status = 200, Error error = Error::NoError) {
        QTest::newRow(name) << "HTTP/1.1 " + bytes << isClosed << status << error << body;
    };
    row("length", "200 OK\r\nContent-Length: 2\r\n\r\n{}", false, "{}");
    row("nothing", "204 No Content\r\n\r\n", false, "", 204);
    row("chunks", "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\n\r\n",
        false, "{}");
    row("no chunks", "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n", false, "");
    row("up to the end", "200 OK\r\n\r\n{}", true, "{}");
    row("early hints",
        "103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
        "Content-Length: 2\r\n\r\n{}",
        false, "{}");
    row("redirect", "302 Found\r\nLocation: http://x.test/\r\nContent-Length: 0\r\n\r\n", false, "",
        302);
    row("refusal", "400 Bad Request\r\nContent-Length: 2\r\n\r\n{}", false, "{}", 400,
        Error::UnknownContentError);
    row("busy", "503 Busy\r\nContent-Length: 2\r\n\r\n{}", false, "{}", 503,
        Error::UnknownServerError);
    row("cut short", "200 OK\r\nContent-Length: 3\r\n\r\n{}", true, "{}", 200,
        Error::RemoteHostClosedError);
    row("chunks cut short", "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{", true, "", 200,
        Error::RemoteHostClosedError);
}

//! At once, and byte by byte.
void TestPlainReply::repliesAreRead()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isClosed);
    for (const qsizetype piece : {bytes.size(), qsizetype{1}}) {
        PlainReply reply(largest);
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            QVERIFY(!reply.isOver());
            reply.take(bytes.mid(at, piece));
        }
        QCOMPARE(reply.isOver(), !isClosed);
        reply.close();
        QVERIFY(reply.isOver());
        const HttpOutcome outcome = reply.outcome();
        QTEST(outcome.status, "status");
        QTEST(outcome.error, "error");
        QTEST(outcome.body, "body");
        QVERIFY(!outcome.tooLarge);
    }
}

void TestPlainReply::whatIsNoReplyIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Error>("error");
    const auto row = [](const char *name, const QByteArray &bytes, Error error) {
        QTest::newRow(name) << bytes << error;
    };
    row("nothing", "", Error::RemoteHostClosedError);
    row("half a head", start + "Content-Le", Error::RemoteHostClosedError);
    row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", Error::ProtocolFailure);
    row("another version", "HTTP/2.0 200 OK\r\n\r\n", Error::ProtocolFailure);
    row("no status", "HTTP/1.1 000 OK\r\n\r\n", Error::ProtocolFailure);
    row("hints alone", QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n").repeated(9),
        Error::ProtocolFailure);
    row("long head", start + "X: " + QByteArray(70000, 'x'), Error::ProtocolFailure);
    row("long chunk's head",
        start + "Transfer-Encoding: chunked\r\n\r\n1;" + QByteArray(70000, 'x'),
        Error::ProtocolFailure);
}

void TestPlainReply::whatIsNoReplyIsRefused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Error, error);
    PlainReply reply(largest);
    reply.take(bytes);
    reply.close();
    QVERIFY(reply.isOver());
    QCOMPARE(reply.outcome().error, error);
    QCOMPARE(reply.outcome().body, QByteArray());
}

void TestPlainReply::bodiesAreBounded_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isTooLarge");
    const QByteArray chunk = "60\r\n" + QByteArray(96, 'x') + "\r\n";
    QTest::newRow("largest") << replyOf(largest) << false;
    QTest::newRow("larger") << replyOf(largest + 1) << true;
    QTest::newRow("largest number")
        << start + "Content-Length: 18446744073709551615\r\n\r\nx" << true;
    QTest::newRow("up to the end") << start + "\r\n" + QByteArray(largest + 1, 'x') << true;
    QTest::newRow("chunks") << start + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk << true;
}

void TestPlainReply::bodiesAreBounded()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isTooLarge);
    PlainReply reply(largest);
    reply.take(bytes);
    QVERIFY(reply.isOver());
    QCOMPARE(reply.outcome().tooLarge, isTooLarge);
    QCOMPARE(reply.outcome().body, QByteArray(isTooLarge ? 0 : largest, 'x'));
    QCOMPARE(reply.outcome().status, 200);
}

void TestPlainReply::headersAreTold()
{
    PlainReply reply(largest);
    reply.take("HTTP/1.1 429 Slow\r\ncontent-type: text/plain\r\nRetry-After: 7\r\n"
               "Set-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(reply.outcome().contentType, "text/plain"_ba);
    QCOMPARE(reply.outcome().retryAfter, "7"_ba);
    QCOMPARE(reply.headers("Set-Cookie"), QByteArrayList({"a=1; Path=/", "b=2"}));
    QCOMPARE(reply.headers("Date"), QByteArrayList());
}

void TestPlainReply::whatHasComeSoFarIsTold()
{
    PlainReply reply(largest);
    QCOMPARE(reply.outcome().status, 0);
    reply.take(start + "Content-Length: 3\r\n\r\n{}");
    QVERIFY(!reply.isOver());
    QCOMPARE(reply.outcome().status, 200);
    QCOMPARE(reply.outcome().body, "{}"_ba);
}

QTEST_GUILESS_MAIN(TestPlainReply)
#include "tst_plainreply.moc"
