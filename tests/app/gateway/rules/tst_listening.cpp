// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/listening.h"

#include "client/failure.h"

#include <QTest>

using namespace latchkey::ctl;

class TestListening final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesLoopbackAddresses_data();
    void takesLoopbackAddresses();
    void anythingElseIsAUsageError_data();
    void anythingElseIsAUsageError();
};

void TestListening::takesLoopbackAddresses_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<int>("port");
    QTest::newRow("127.0.0.1:0") << QByteArray("127.0.0.1") << 0;
    QTest::newRow("127.9.8.7:65535") << QByteArray("127.9.8.7") << 65535;
    QTest::newRow("[::1]:8080") << QByteArray("[::1]") << 8080;
}

void TestListening::takesLoopbackAddresses()
{
    QFETCH(const QByteArray, url);
    QFETCH(const int, port);
    const ListenAddress address = ListenAddress::from(QTest::currentDataTag());
    QCOMPARE(address.urlHost(), url.toStdString());
    QCOMPARE(int(address.port), port);
}

void TestListening::anythingElseIsAUsageError_data()
{
    QTest::addColumn<int>("nothing");
    for (const char *text : {"", ":", "0", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
             "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:1 ", "127.1:1", "0.0.0.0:1", "*:1",
             "192.0.2.1:1", "128.0.0.1:1", "[::]:1", "::1:1", "[::1]", "[::1]x:1",
             "[::ffff:127.0.0.1]:1", "[127.0.0.1]:1", "localhost:1"})
        QTest::newRow(text) << 0;
}

void TestListening::anythingElseIsAUsageError()
{
    try {
        static_cast<void>(ListenAddress::from(QTest::currentDataTag()));
        QFAIL("It was taken");
    } catch (const Failure &failure) {
        QCOMPARE(failure.code(), ExitCode::Usage);
        QVERIFY(std::string(failure.what()).find("loopback") != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestListening)
#include "tst_listening.moc"
