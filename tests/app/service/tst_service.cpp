// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/service.h"

#include "agent/access/rememberedconsents.h"
#include "base/wholefile.h"
#include "platform/suspendclock.h"
#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

//! The composition with the real adapters, but without a keychain or an appliance.
class TestService final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void optionsAreTheUsersOwnFolders();
    void accountsAreBackAfterARestart();
    void anAccountThatNobodySignedInToIsNotKept();
    void whatWasAllowedIsNotForANewSessionOfThatName();
    void whatWasForgottenHasNoSessionButIsKnown();
    void endsWhenNothingIsUnderWay();
    void aSecondServiceDoesNotTouchTheSessions();
    void aSecondServiceElsewhereIsToldWhoHasThem();
    void aServiceOfAnotherHomeIsToldWhoListens();
    void anUnreachableApplianceIsTold();
    void theDoctorLooksAtAllSessions();
    void aDamagedListIsToldByTheDoctor();
    void theClockIsReal();

private:
    [[nodiscard]] ServiceOptions options() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestService::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
}

ServiceOptions TestService::options() const
{
    return {m_folder->filePath(u"config"_s), m_folder->filePath(u"data"_s),
        m_folder->filePath(u"run/agent.sock"_s), u"latchkeyd"_s, true, false};
}

namespace {

//! Nobody listens on port 1.
Result<Session *, AccountProblem> signIn(Service &service)
{
    Account account;
    account.name = u"prod"_s;
    account.server = QUrl(u"https://127.0.0.1:1"_s);
    account.user = u"operator"_s;
    account.kind = u"azure"_s;
    return service.sessions().signIn(account, Secret::fromString(u"password"));
}

} // namespace

void TestService::optionsAreTheUsersOwnFolders()
{
    qputenv("LATCHKEY_SOCKET", "");
    const ServiceOptions options = ServiceOptions::forUser(u"latchkeyd"_s);
    QCOMPARE(options.configFolder, qEnvironmentVariable("XDG_CONFIG_HOME") + u"/latchkey"_s);
    QCOMPARE(options.dataFolder, qEnvironmentVariable("XDG_DATA_HOME") + u"/latchkey"_s);
    QCOMPARE(
        options.agentAddress, qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/latchkey/agent.sock"_s);
    qputenv("LATCHKEY_SOCKET", "/elsewhere/socket");
    QCOMPARE(ServiceOptions::forUser(u"latchkeyd"_s).agentAddress, u"/elsewhere/socket"_s);
    qunsetenv("LATCHKEY_SOCKET");
}

void TestService::accountsAreBackAfterARestart()
{
    Account account;
    account.name = u"prod"_s;
    account.user = u"operator"_s;
    account.kind = u"azure"_s;
    account.server = QUrl(u"https://127.0.0.1:1"_s);
    QVERIFY(!writeWhole(options().configFolder + u"/accounts.json"_s, Accounts::toJson({account})));
    Service service(options());
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    QCOMPARE(service.sessions().rowCount(), 1);
    QCOMPARE(service.sessions().at(0)->account().user, u"operator"_s);
    QTRY_COMPARE(service.sessions().at(0)->phase(), Phase::SignedOut);
}

void TestService::anAccountThatNobodySignedInToIsNotKept()
{
    {
        Service service(options());
        QCOMPARE(service.start(), AgentServer::Start::Listening);
        const auto session = signIn(service);
        QVERIFY(session);
        QTRY_COMPARE((*session)->phase(), Phase::SignedOut);
        QCOMPARE(service.sessions().rowCount(), 1);
    }
    Service service(options());
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    QCOMPARE(service.sessions().rowCount(), 0);
}

//! Nobody was ever signed in to the one for which the program was allowed.
void TestService::whatWasAllowedIsNotForANewSessionOfThatName()
{
    const QString path = options().configFolder + u"/programs.json"_s;
    QVERIFY(QDir().mkpath(options().configFolder));
    const ProgramIdentity program{u"/usr/bin/curl"_s, {}, {1, 4711, 1}, {}};
    const auto isAllowed = [&](const QString &session) {
        return RememberedConsents(path).hold(session, program, readClocks());
    };
    for (const QString &session : {u"prod"_s, u"test"_s})
        RememberedConsents(path).add(session, program, Decision::Always, readClocks());
    Service service(options());
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    QVERIFY(isAllowed(u"prod"_s) && isAllowed(u"test"_s));
    QVERIFY(signIn(service));
    QVERIFY(!isAllowed(u"prod"_s));
    QVERIFY(isAllowed(u"test"_s));
}

void TestService::whatWasForgottenHasNoSessionButIsKnown()
{
    Account account;
    account.name = u"prod"_s;
    account.user = u"operator"_s;
    account.kind = u"azure"_s;
    account.server = QUrl(u"https://127.0.0.1:1"_s);
    account.isForgotten = true;
    QVERIFY(!writeWhole(options().configFolder + u"/accounts.json"_s, Accounts::toJson({account})));
    Service service(options());
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    QCOMPARE(service.sessions().rowCount(), 0);
    QCOMPARE(service.sessions().known(u"prod"_s), std::optional(account));
    QCOMPARE(service.sessions().accounts(), QList<Account>{account});
}

void TestService::endsWhenNothingIsUnderWay()
{
    Service service(options());
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    const QSignalSpy ended(&service, &Service::ended);
    service.end();
    QTRY_COMPARE(ended.count(), 1);
}

void TestService::aSecondServiceDoesNotTouchTheSessions()
{
    Service first(options());
    QCOMPARE(first.start(), AgentServer::Start::Listening);
    QVERIFY(signIn(first));
    Service second(options());
    QCOMPARE(second.start(), AgentServer::Start::AlreadyRunning);
    QCOMPARE(second.sessions().rowCount(), 0);
}

void TestService::aSecondServiceElsewhereIsToldWhoHasThem()
{
    Service first(options());
    QCOMPARE(first.start(), AgentServer::Start::Listening);
    ServiceOptions elsewhere = options();
    elsewhere.agentAddress = m_folder->filePath(u"elsewhere/agent.sock"_s);
    elsewhere.program = u"latchkey"_s;
    Service second(elsewhere);
    QCOMPARE(second.start(), AgentServer::Start::AlreadyRunning);
    QCOMPARE(second.otherOwner().program, u"latchkeyd"_s);
    QCOMPARE(second.otherOwner().address, options().agentAddress);
    QVERIFY(!QFile::exists(elsewhere.agentAddress));
}

void TestService::aServiceOfAnotherHomeIsToldWhoListens()
{
    Service first(options());
    QCOMPARE(first.start(), AgentServer::Start::Listening);
    ServiceOptions another = options();
    another.dataFolder = m_folder->filePath(u"another"_s);
    Service second(another);
    QCOMPARE(second.start(), AgentServer::Start::AlreadyRunning);
    QCOMPARE(second.otherOwner().address, options().agentAddress);
    QCOMPARE(second.otherOwner().describe(), u"at "_s + options().agentAddress);
}

void TestService::anUnreachableApplianceIsTold()
{
    Service service(options());
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    const auto session = signIn(service);
    QVERIFY(session);
    QTRY_COMPARE((*session)->phase(), Phase::SignedOut);
    QCOMPARE((*session)->snapshot().reason->type, AuthError::Type::Offline);
}

void TestService::theDoctorLooksAtAllSessions()
{
    Service service(options());
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    QVERIFY(signIn(service));
    QLocalSocket program;
    program.connectToServer(options().agentAddress);
    program.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.doctor\"}\n");
    QTRY_VERIFY(program.canReadLine());
    const QJsonObject answer = QJsonDocument::fromJson(program.readLine()).object();
    const QJsonValue report = answer.value("result"_L1);
    QCOMPARE(report["program"_L1].toString(), u"latchkeyd"_s);
    QCOMPARE(report["version"_L1].toString(), QStringLiteral(LATCHKEY_VERSION));
    QCOMPARE(report["socket"_L1].toString(), options().agentAddress);
    QVERIFY(report["problem"_L1].isUndefined());
    QCOMPARE(report["keychain"_L1]["backend"_L1].toString(), u"memory"_s);
    QCOMPARE(report["sessions"_L1][0]["name"_L1].toString(), u"prod"_s);
    QCOMPARE(report["sessions"_L1][0]["reachable"_L1], QJsonValue(false));
    QVERIFY(!report["sessions"_L1][0]["problem"_L1].isNull());
}

void TestService::aDamagedListIsToldByTheDoctor()
{
    QVERIFY(!writeWhole(options().configFolder + u"/accounts.json"_s, "nonsense"));
    Service service(options());
    expectWarning("could not be read in full");
    QCOMPARE(service.start(), AgentServer::Start::Listening);
    const QString problem = service.diagnosis().listProblem().value().english;
    QVERIFY(problem.contains(options().configFolder + u"/accounts.json.damaged"_s));
    QLocalSocket program;
    program.connectToServer(options().agentAddress);
    program.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.doctor\"}\n");
    QTRY_VERIFY(program.canReadLine());
    const QJsonObject answer = QJsonDocument::fromJson(program.readLine()).object();
    QCOMPARE(answer.value("result"_L1)["problem"_L1].toString(), problem);
}

void TestService::theClockIsReal()
{
    const Service service(options());
    const auto before = std::chrono::system_clock::now() - std::chrono::seconds(1);
    QVERIFY(service.clock()().wall > before);
    QVERIFY(service.clock()().steady.time_since_epoch() > Milliseconds::zero());
}

QTEST_GUILESS_MAIN(TestService)
#include "tst_service.moc"
