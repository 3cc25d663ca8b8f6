// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/rpc.h"

#include "support/warnings.h"

#include <QJsonDocument>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestRpc final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void readsARequest();
    void aRequestWithoutAnIdWantsNoAnswer();
    void refusesWhatIsNoRequest_data();
    void refusesWhatIsNoRequest();
    void aRefusedRequestIsAnsweredUnderItsId();
    void anAnswerIsOneLine();
    void halfACharacterDoesNotSpoilTheLine();
    void aRefusalTellsReasonAndSentence_data();
    void aRefusalTellsReasonAndSentence();
    void anUnknownMethodIsTold();
    void aNotificationHasNoId();
};

namespace {

QJsonObject parsed(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

} // namespace

void TestRpc::readsARequest()
{
    const auto request = RpcRequest::fromLine(
        R"({"jsonrpc":"2.0","id":7,"method":"session.get","params":{"name":"prod"}})");
    QVERIFY(request);
    QCOMPARE(request->id, QJsonValue(7));
    QCOMPARE(request->method, u"session.get"_s);
    QCOMPARE(request->params.value("name"_L1).toString(), u"prod"_s);
    QVERIFY(request->wantsAnswer());
}

void TestRpc::aRequestWithoutAnIdWantsNoAnswer()
{
    const auto request = RpcRequest::fromLine(R"({"jsonrpc":"2.0","method":"session.list"})");
    QVERIFY(request);
    QVERIFY(!request->wantsAnswer());
}

void TestRpc::refusesWhatIsNoRequest_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("code");

    QTest::newRow("garbage") << QByteArray("\x01\x02 nonsense") << -32700;
    QTest::newRow("half an object") << QByteArray(R"({"jsonrpc":)") << -32700;
    QTest::newRow("nothing") << QByteArray() << -32700;
    QTest::newRow("100,000 deep") << QByteArray(100000, '[') << -32700;
    QTest::newRow("a batch") << QByteArray("[]") << -32600;
    QTest::newRow("no version") << QByteArray(R"({"id":1,"method":"x"})") << -32600;
    QTest::newRow("an old version")
        << QByteArray(R"({"jsonrpc":"1.0","id":1,"method":"x"})") << -32600;
    QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":1})") << -32600;
    QTest::newRow("a method that is a number")
        << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":5})") << -32600;
    QTest::newRow("parameters by position")
        << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"x","params":[1]})") << -32602;
    QTest::newRow("an id that is an object")
        << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"x"})") << -32600;
}

void TestRpc::refusesWhatIsNoRequest()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, code);
    const auto request = RpcRequest::fromLine(line);
    QVERIFY(!request);
    QVERIFY(request.error().endsWith('\n'));
    const QJsonObject error = parsed(request.error()).value("error"_L1).toObject();
    QCOMPARE(error.value("code"_L1).toInt(), code);
    QCOMPARE(error.value("data"_L1)["reason"_L1].toString(), u"usage"_s);
    QVERIFY(!error.value("message"_L1).toString().isEmpty());
}

void TestRpc::aRefusedRequestIsAnsweredUnderItsId()
{
    const auto request =
        RpcRequest::fromLine(R"({"jsonrpc":"2.0","id":7,"method":"x","params":[1]})");
    QCOMPARE(parsed(request.error()).value("id"_L1), QJsonValue(7));
    const auto noMethod = RpcRequest::fromLine(R"({"jsonrpc":"2.0","id":"a"})");
    QCOMPARE(parsed(noMethod.error()).value("id"_L1), QJsonValue(u"a"_s));
}

void TestRpc::anAnswerIsOneLine()
{
    const QByteArray line = answerLine(u"a"_s, QJsonValue(QJsonObject{{u"text"_s, u"1\n2"_s}}));
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.endsWith('\n'));
    QCOMPARE(parsed(line).value("id"_L1), QJsonValue(u"a"_s));
    QCOMPARE(parsed(line).value("result"_L1)["text"_L1].toString(), u"1\n2"_s);
    QCOMPARE(parsed(line).value("jsonrpc"_L1).toString(), u"2.0"_s);
}

void TestRpc::halfACharacterDoesNotSpoilTheLine()
{
    const auto request =
        RpcRequest::fromLine(R"({"jsonrpc":"2.0","id":"\ud800","method":"a\udc00"})");
    QVERIFY(request);
    const QByteArray lines[] = {unknownMethodLine(*request),
        answerLine(request->id, QJsonValue(request->method)),
        notificationLine(request->method, QJsonValue())};
    for (const QByteArray &line : lines)
        QVERIFY2(line.contains("\\ufffd") && !line.contains("\\ud"), line.constData());
    const QByteArray whole = answerLine(1, QJsonValue(u"\\ud800 \U0001F600 \x01"_s));
    QCOMPARE(parsed(whole).value("result"_L1).toString(), u"\\ud800 \U0001F600 \x01"_s);
}

void TestRpc::aRefusalTellsReasonAndSentence_data()
{
    QTest::addColumn<Refusal>("reason");
    QTest::addColumn<QString>("word");

    QTest::newRow("1") << Refusal::Failed << u"failed"_s;
    QTest::newRow("2") << Refusal::Usage << u"usage"_s;
    QTest::newRow("4") << Refusal::NoSession << u"no-session"_s;
    QTest::newRow("5") << Refusal::SignInNeeded << u"sign-in-needed"_s;
    QTest::newRow("6") << Refusal::Unreachable << u"unreachable"_s;
    QTest::newRow("7") << Refusal::Denied << u"denied"_s;
    QTest::newRow("8") << Refusal::TrustNeeded << u"trust-needed"_s;
    QTest::newRow("9") << Refusal::CodeNeeded << u"code-needed"_s;
}

void TestRpc::aRefusalTellsReasonAndSentence()
{
    QFETCH(const Refusal, reason);
    QFETCH(const QString, word);
    const RpcError refusal{reason, u"What to do."_s, {{u"sha256"_s, u"AA"_s}}};
    const QJsonObject error = parsed(answerLine(1, refusal)).value("error"_L1).toObject();
    QCOMPARE(error.value("message"_L1).toString(), u"What to do."_s);
    QCOMPARE(error.value("data"_L1)["reason"_L1].toString(), word);
    QCOMPARE(error.value("data"_L1)["sha256"_L1].toString(), u"AA"_s);
    QVERIFY(error.value("code"_L1).toInt() < 0);
}

void TestRpc::anUnknownMethodIsTold()
{
    const QJsonObject error =
        parsed(unknownMethodLine({1, u"session.explode"_s, {}})).value("error"_L1).toObject();
    QCOMPARE(error.value("code"_L1).toInt(), -32601);
    QVERIFY(error.value("message"_L1).toString().contains("session.explode"_L1));
}

void TestRpc::aNotificationHasNoId()
{
    const QJsonObject line = parsed(notificationLine(u"session.changed"_s, QJsonObject()));
    QVERIFY(!line.contains("id"_L1));
    QCOMPARE(line.value("method"_L1).toString(), u"session.changed"_s);
}

QTEST_GUILESS_MAIN(TestRpc)
#include "tst_rpc.moc"
