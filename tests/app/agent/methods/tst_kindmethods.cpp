// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/kindmethods.h"

#include "support/agentrig.h"
#include "support/warnings.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestKindMethods final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void kindsAreListed();
    void filesAreListedWithTheirFaults();
    void candidatesAreTold();
    void nothingThatFitsIsNoError();
    void knownAccountIsTheAnswer();
    void badServerIsAUsageError();
};

void TestKindMethods::kindsAreListed()
{
    AgentRig rig;
    const QJsonObject told = rig.result(rig.call(u"kinds.list"_s, {}));
    QVERIFY(told["problems"_L1].toArray().isEmpty());
    QStringList ids;
    for (const QJsonValue &kind : told["kinds"_L1].toArray()) {
        ids.append(kind["id"_L1].toString());
        QCOMPARE(kind["source"_L1].toString(), u"shipped"_s);
        QVERIFY(kind["file"_L1].isNull());
    }
    ids.sort();
    QCOMPARE(ids.join(u' '), u"aws azure gcp m365 oauth2 one vbr vro vspc"_s);
    const QJsonObject first = told["kinds"_L1][0].toObject();
    QCOMPARE(first.keys(),
        QStringList({u"clients"_s, u"file"_s, u"hint"_s, u"id"_s, u"logout"_s, u"name"_s,
            u"oneUse"_s, u"port"_s, u"secondFactor"_s, u"shortLived"_s, u"source"_s}));
    QVERIFY(first["clients"_L1].toBool()); // "OAuth 2.0 server"
    QVERIFY(first["hint"_L1].toString().startsWith("The address"_L1));
}

void TestKindMethods::filesAreListedWithTheirFaults()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    QFile shipped(u":/kinds/vspc.json"_s);
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    write(u"a.json"_s, shipped.readAll().replace("\"vspc\"", "\"mine\""));
    write(u"b.json"_s, R"({"id": "b"})");
    const Kinds kinds({folder.path()});
    AgentRig rig(kinds);
    const QJsonObject told = rig.result(rig.call(u"kinds.list"_s, {}));
    QCOMPARE(told["kinds"_L1].toArray().size(), 10);
    bool isThere = false;
    for (const QJsonValue &kind : told["kinds"_L1].toArray())
        isThere = isThere || kind["file"_L1].toString() == folder.filePath(u"a.json"_s);
    QVERIFY(isThere);
    const QJsonObject problem = told["problems"_L1][0].toObject();
    QCOMPARE(problem["file"_L1].toString(), folder.filePath(u"b.json"_s));
    QCOMPARE(problem["member"_L1].toString(), u"name"_s);
    QCOMPARE(problem["reason"_L1].toString(), u"is missing"_s);
    QVERIFY(problem["problem"_L1].toString().startsWith(
        folder.filePath(u"b.json"_s) + u": name is missing. "_s));
}

void TestKindMethods::candidatesAreTold()
{
    AgentRig rig;
    const int number = rig.call(u"kinds.find"_s, {{u"server"_s, u"appliance.test"_s}});
    rig.answer(1280, {u"/api/v3/token"_s});
    QCOMPARE(rig.result(number)["candidates"_L1].toArray(),
        QJsonArray(
            {QJsonObject{{u"kind"_s, u"vspc"_s}, {u"name"_s, u"Veeam Service Provider Console"_s},
                {u"server"_s, u"https://appliance.test:1280"_s}, {u"sha256"_s, QJsonValue::Null},
                {u"hint"_s, QJsonValue::Null}}}));
}

void TestKindMethods::nothingThatFitsIsNoError()
{
    AgentRig rig;
    const int number = rig.call(u"kinds.find"_s, {{u"server"_s, u"appliance.test"_s}});
    rig.answer(443, {});
    QVERIFY(rig.result(number).contains("candidates"_L1));
    QVERIFY(rig.result(number)["candidates"_L1].toArray().isEmpty());
}

void TestKindMethods::knownAccountIsTheAnswer()
{
    AgentRig rig;
    Account account = anAccount();
    account.kind = u"vbr"_s;
    account.server = QUrl(u"https://appliance.test:9419"_s);
    QVERIFY(rig.model.add(account));
    QJsonObject params{
        {u"server"_s, u"appliance.test"_s}, {u"name"_s, account.name}, {u"user"_s, account.user}};
    const QJsonObject found =
        rig.result(rig.call(u"kinds.find"_s, params))["candidates"_L1][0].toObject();
    QCOMPARE(found["kind"_L1].toString(), u"vbr"_s);
    QCOMPARE(found["server"_L1].toString(), u"https://appliance.test:9419"_s);
    QCOMPARE(rig.network.count(), 0);

    params.insert(u"user"_s, u"another"_s);
    (void)rig.call(u"kinds.find"_s, params);
    QVERIFY(rig.network.count() > 0);
}

void TestKindMethods::badServerIsAUsageError()
{
    AgentRig rig;
    QCOMPARE(rig.error(rig.call(u"kinds.find"_s, {})).reason, Refusal::Usage);
    const int number = rig.call(u"kinds.find"_s, {{u"server"_s, u"http://192.0.2.1"_s}});
    QCOMPARE(rig.error(number).reason, Refusal::Usage);
    QCOMPARE(rig.network.count(), 0);
}

QTEST_GUILESS_MAIN(TestKindMethods)
#include "tst_kindmethods.moc"
