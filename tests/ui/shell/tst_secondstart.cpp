// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/secondstart.h"

#include "ui/uifixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSecondStart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void tellsWhatTheFirstAnswered_data();
    void tellsWhatTheFirstAnswered();
    void tellsThatNobodyIsThere();
};

void TestSecondStart::tellsWhatTheFirstAnswered_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<SecondStart::Answer>("expected");
    QTest::newRow("raised") << R"({"jsonrpc":"2.0","id":1,"result":true})"_ba
                            << SecondStart::Answer::Raised;
    QTest::newRow("no windows") << R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000}})"_ba
                                << SecondStart::Answer::Refused;
    QTest::newRow("no JSON") << "hello"_ba << SecondStart::Answer::None;
}

void TestSecondStart::tellsWhatTheFirstAnswered()
{
    QFETCH(const QByteArray, answer);
    const QTemporaryDir folder;
    QLocalServer first;
    QVERIFY(first.listen(folder.filePath(u"agent.sock"_s)));
    QByteArray asked;
    connect(&first, &QLocalServer::newConnection, this, [&] {
        QLocalSocket *socket = first.nextPendingConnection();
        connect(socket, &QLocalSocket::readyRead, this, [&, socket] {
            asked += socket->readAll();
            socket->write(answer + '\n');
        });
    });
    SecondStart second(first.fullServerName());
    QSignalSpy answered(&second, &SecondStart::answered);
    second.ask(u"https://one.test"_s, {});
    QVERIFY(answered.wait());
    QTEST(answered[0][0].value<SecondStart::Answer>(), "expected");
    const QJsonDocument request = QJsonDocument::fromJson(asked);
    QCOMPARE(request["method"_L1].toString(), u"agent.raise"_s);
    const QJsonObject params{{u"server"_s, u"https://one.test"_s}};
    QCOMPARE(request["params"_L1].toObject(), params);
}

void TestSecondStart::tellsThatNobodyIsThere()
{
    const QTemporaryDir folder;
    SecondStart second(folder.filePath(u"agent.sock"_s));
    QSignalSpy answered(&second, &SecondStart::answered);
    second.ask({}, {});
    QTRY_COMPARE(answered.count(), 1);
    QCOMPARE(answered[0][0].value<SecondStart::Answer>(), SecondStart::Answer::None);
}

QTEST_MAIN(TestSecondStart)
#include "tst_secondstart.moc"
