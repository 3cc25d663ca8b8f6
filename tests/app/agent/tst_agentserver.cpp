// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/agentserver.h"

#include "support/fakeclock.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/handouts.h"
#include "support/replies.h"
#include "support/saving.h"
#include "support/warnings.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <string_view>

#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void writeAsChild(const QLocalSocket &socket, QByteArrayView text)
{
    const pid_t child = fork();
    if (child == 0) {
        const auto done = write(static_cast<int>(socket.socketDescriptor()), text.data(),
            static_cast<std::size_t>(text.size()));
        _exit(done == text.size() ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
}

QByteArray vouching(qint64 pid)
{
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.vouch\",\"params\":{\"pid\":"
        + QByteArray::number(pid) + "}}\n";
}

//! A program in a container with process numbers of its own, which keeps a call waiting on each of
//! its connections.
class Isolated {
public:
    Isolated(const QString &address, int connections)
    {
        const std::string path = QFile::encodeName(address).toStdString();
        m_isMade = pipe(m_told.data()) == 0 && pipe(m_end.data()) == 0;
        m_child = m_isMade ? fork() : -1;
        if (m_child == 0)
            _exit(run(path, connections));
        close(m_told[1]);
        close(m_end[0]);
    }
    ~Isolated()
    {
        close(m_told[0]);
        close(m_end[1]);
        waitpid(m_child, nullptr, 0);
    }
    Q_DISABLE_COPY_MOVE(Isolated)

    //! Waits until the server has seen all.
    [[nodiscard]] bool isThere() const
    {
        pollfd told{m_told[0], POLLIN, 0};
        char byte = 0;
        return m_isMade && QTest::qWaitFor([&] { return poll(&told, 1, 0) == 1; })
            && read(m_told[0], &byte, 1) == 1;
    }

private:
    //! The first process in the namespace is the child of whoever makes that.
    [[nodiscard]] int run(const std::string &path, int connections) const
    {
        close(m_end[1]);
        const pid_t inner = unshare(CLONE_NEWUSER | CLONE_NEWPID) == 0 ? fork() : -1;
        if (inner == 0) {
            char byte = 0;
            bool isConnected = true;
            for (int i = 0; i < connections && isConnected; ++i)
                isConnected = callOnce(path);
            const bool isTold = isConnected && write(m_told[1], "x", 1) == 1;
            return isTold && read(m_end[0], &byte, 1) == 0 ? 0 : 1;
        }
        return inner > 0 && waitpid(inner, nullptr, 0) == inner ? 0 : 1;
    }
    //! Asks for something that is answered at once, too. The server may turn it away.
    [[nodiscard]] static bool callOnce(const std::string &path)
    {
        constexpr std::string_view calls = R"({"jsonrpc":"2.0","id":1,"method":"session.refresh",)"
                                           R"("params":{"name":"prod","deadline":86400}})"
                                           "\n"
                                           R"({"jsonrpc":"2.0","id":2,"method":"agent.info"})"
                                           "\n";
        sockaddr_un address{AF_UNIX, {}};
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        const int agent = socket(AF_UNIX, SOCK_STREAM, 0);
        if (::connect(agent, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            return false;
        char byte = 0;
        send(agent, calls.data(), calls.size(), MSG_NOSIGNAL);
        return recv(agent, &byte, 1, 0) <= 1;
    }

    bool m_isMade = false;
    pid_t m_child = -1;
    std::array<int, 2> m_told{};
    std::array<int, 2> m_end{};
};

} // namespace

//! The server over real sockets. What the methods do is tested in tst_methods.
class TestAgentServer final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void answersARequest();
    void answersSeveralLinesSentAtOnceAndOneSentInPieces();
    void garbageIsAnsweredAndTheConnectionGoesOn();
    void anUnknownMethodIsAnswered();
    void noIdNoAnswer();
    void theSocketIsForItsOwnerOnly();
    void aSecondServerLeavesTheFirstAlone();
    void aDeadServersSocketIsClearedAway();
    void aFileInTheSocketsPlaceIsLeftAlone();
    void aFolderThatCannotBeMadeIsTold();
    void aLineOfMoreThan64KiBIsCutOff();
    void halfALineIsCutOffAfter5Seconds();
    void aSilentProgramIsLeftAlone();
    void oneProcessHas64Connections();
    void allTogetherHaveSoManyConnections();
    void whoIsSilentGivesWay();
    void whoIsInAContainerShutsNobodyOut();
    void whoConnectsAgainAndAgainDoesNotFillTheLog();
    void whoInheritedTheSocketIsAnother();
    void whoIsVouchedForAsksInItsParentsName();
    void oneConnectionWaitsForSoManyAnswers();
    void watchersHearOfChanges();
    void watchersHearOfANewName();
    void aSessionThatIsNotThereCannotBeWatched();
    void aWatcherOfOneSessionHearsOfThatOnly();
    void watchersHearOfTheLockBeforeAnythingElse();
    void aWatcherThatDoesNotReadIsToldSoAndDropped();
    void aWatcherThatNeverReadsIsCutOff();
    void whoLeavesWhileWaitingHarmsNobody();
    void raiseAsksForTheWindow();
    void raiseIsRefusedWithoutWindows();

private:
    [[nodiscard]] std::unique_ptr<AgentServer> server(bool hasWindows = false);
    //! Starts a new server that accepts this many connections.
    [[nodiscard]] bool serveAtMost(int connections);
    [[nodiscard]] std::unique_ptr<QLocalSocket> connected();
    [[nodiscard]] QJsonObject line(QLocalSocket &socket);
    [[nodiscard]] QJsonObject ask(QLocalSocket &socket, const QByteArray &method);
    static void askForToken(QLocalSocket &socket);

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_address;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<SessionModel> m_model;
    std::unique_ptr<HandOuts> m_handOuts;
    FakeTokenClient *m_client = nullptr;
    std::unique_ptr<AgentServer> m_server;
};

void TestAgentServer::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_folder = std::make_unique<QTemporaryDir>();
    m_address = m_folder->filePath(u"latchkey/agent.sock"_s);
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_model = std::make_unique<SessionModel>([this](const Account &account) {
        auto client = std::make_unique<FakeTokenClient>();
        m_client = client.get();
        return std::make_unique<Session>(account, std::move(client),
            storeOn(std::make_shared<FakeVault>()), RefreshPolicy([] { return 0.5; }),
            SessionHistory(), *m_deadlines);
    });
    saveAccountsOf(*m_model);
    m_handOuts = std::make_unique<HandOuts>(*m_deadlines);
    m_server = server();
    QCOMPARE(m_server->start(m_address), AgentServer::Start::Listening);
}

void TestAgentServer::cleanup()
{
    m_server.reset();
    m_handOuts.reset();
    m_model.reset();
    m_deadlines.reset();
}

std::unique_ptr<AgentServer> TestAgentServer::server(bool hasWindows)
{
    return std::make_unique<AgentServer>(*m_model, m_handOuts->gate, *m_deadlines, shippedKinds(),
        AgentInfo{u"latchkeyd"_s, hasWindows});
}

std::unique_ptr<QLocalSocket> TestAgentServer::connected()
{
    auto socket = std::make_unique<QLocalSocket>();
    socket->connectToServer(m_address);
    return socket;
}

QJsonObject TestAgentServer::line(QLocalSocket &socket)
{
    const bool isThere = QTest::qWaitFor([&] { return socket.canReadLine(); });
    return isThere ? QJsonDocument::fromJson(socket.readLine()).object() : QJsonObject();
}

void TestAgentServer::askForToken(QLocalSocket &socket)
{
    socket.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.token\","
                 "\"params\":{\"name\":\"prod\"}}\n");
}

QJsonObject TestAgentServer::ask(QLocalSocket &socket, const QByteArray &method)
{
    socket.write(R"({"jsonrpc":"2.0","id":1,"method":")" + method + "\"}\n");
    return line(socket);
}

void TestAgentServer::answersARequest()
{
    const auto socket = connected();
    const QJsonObject answer = ask(*socket, "agent.info");
    QCOMPARE(answer.value("id"_L1).toInt(), 1);
    QCOMPARE(answer.value("result"_L1)["program"_L1].toString(), u"latchkeyd"_s);
}

void TestAgentServer::answersSeveralLinesSentAtOnceAndOneSentInPieces()
{
    const auto socket = connected();
    const QByteArray request = R"({"jsonrpc":"2.0","id":5,"method":"session.list"})";
    socket->write(request + '\n' + request + '\n' + request.first(9));
    QVERIFY(line(*socket).contains("result"_L1));
    QVERIFY(line(*socket).contains("result"_L1));
    socket->write(request.sliced(9) + '\n');
    QVERIFY(line(*socket).contains("result"_L1));
}

void TestAgentServer::garbageIsAnsweredAndTheConnectionGoesOn()
{
    const auto socket = connected();
    socket->write("\xff\xfe nonsense\n");
    QVERIFY(line(*socket).contains("error"_L1));
    QVERIFY(ask(*socket, "agent.info").contains("result"_L1));
}

void TestAgentServer::anUnknownMethodIsAnswered()
{
    const auto socket = connected();
    QCOMPARE(ask(*socket, "no.such").value("error"_L1)["code"_L1].toInt(), -32601);
}

void TestAgentServer::noIdNoAnswer()
{
    const auto socket = connected();
    socket->write("{\"jsonrpc\":\"2.0\",\"method\":\"no.such\"}\n"
                  "{\"jsonrpc\":\"2.0\",\"method\":\"session.list\"}\n");
    QVERIFY(ask(*socket, "agent.info").value("result"_L1).toObject().contains("program"_L1));
}

void TestAgentServer::theSocketIsForItsOwnerOnly()
{
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(QFileInfo(m_address).absolutePath()) & others));
    QVERIFY(!(QFile::permissions(m_address) & others));
}

void TestAgentServer::aSecondServerLeavesTheFirstAlone()
{
    QCOMPARE(server()->start(m_address), AgentServer::Start::AlreadyRunning);
    const auto socket = connected();
    QVERIFY(ask(*socket, "agent.info").contains("result"_L1));
}

void TestAgentServer::aDeadServersSocketIsClearedAway()
{
    m_server.reset();
    const QByteArray path = QFile::encodeName(m_address);
    sockaddr_un address{AF_UNIX, {}};
    path.toStdString().copy(address.sun_path, sizeof address.sun_path - 1);
    const int left = socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(bind(left, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    close(left); // ends like a program that was killed
    QVERIFY(QFile::exists(m_address));
    m_server = server();
    QCOMPARE(m_server->start(m_address), AgentServer::Start::Listening);
    const auto client = connected();
    QVERIFY(ask(*client, "agent.info").contains("result"_L1));
}

void TestAgentServer::aFileInTheSocketsPlaceIsLeftAlone()
{
    QFile file(m_folder->filePath(u"precious"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTest::ignoreMessage(
        QtCriticalMsg, QRegularExpression(u"What is at .*/precious is no socket"_s));
    QCOMPARE(server()->start(file.fileName()), AgentServer::Start::Failed);
    QVERIFY(file.exists());
}

void TestAgentServer::aFolderThatCannotBeMadeIsTold()
{
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"cannot be made"_s));
    QCOMPARE(
        server()->start(file.fileName() + u"/latchkey/agent.sock"_s), AgentServer::Start::Failed);
}

void TestAgentServer::aLineOfMoreThan64KiBIsCutOff()
{
    expectWarning("cut off");
    const auto socket = connected();
    QSignalSpy closed(socket.get(), &QLocalSocket::disconnected);
    socket->write(QByteArray(70 * 1024, 'x'));
    QVERIFY(closed.count() || closed.wait());
    const auto other = connected();
    QVERIFY(ask(*other, "agent.info").contains("result"_L1));
}

void TestAgentServer::halfALineIsCutOffAfter5Seconds()
{
    const auto socket = connected();
    QVERIFY(ask(*socket, "agent.info").contains("result"_L1));
    QSignalSpy closed(socket.get(), &QLocalSocket::disconnected);
    socket->write("{\"jsonrpc\"");
    QTRY_VERIFY(m_deadlines->sleep());
    m_clock.advance(4s);
    m_deadlines->look();
    const auto other = connected();
    QVERIFY(ask(*other, "agent.info").contains("result"_L1));
    QVERIFY(closed.isEmpty());
    expectWarning("cut off");
    m_clock.advance(1s);
    m_deadlines->look();
    QVERIFY(closed.count() || closed.wait());
}

void TestAgentServer::aSilentProgramIsLeftAlone()
{
    const auto socket = connected();
    QVERIFY(ask(*socket, "agent.info").contains("result"_L1));
    m_clock.advance(1h);
    m_deadlines->look();
    QVERIFY(ask(*socket, "agent.info").contains("result"_L1));
}

void TestAgentServer::oneProcessHas64Connections()
{
    std::vector<std::unique_ptr<QLocalSocket>> sockets;
    for (int i = 0; i < AgentServer::mostOfOneProcess; ++i) {
        sockets.push_back(connected());
        QVERIFY(ask(*sockets.back(), "agent.info").contains("result"_L1));
    }
    expectWarning("too many connections");
    const auto turnedAway = connected();
    QSignalSpy closed(turnedAway.get(), &QLocalSocket::disconnected);
    QVERIFY(closed.count() || closed.wait());
    QVERIFY(ask(*sockets.front(), "agent.info").contains("result"_L1));

    // After two answers to the other connections the server has run its event loop.
    sockets.pop_back();
    for (int i = 0; i < 2; ++i)
        QVERIFY(ask(*sockets.front(), "agent.info").contains("result"_L1));
    const auto next = connected();
    QVERIFY(ask(*next, "agent.info").contains("result"_L1));
}

bool TestAgentServer::serveAtMost(int connections)
{
    m_server.reset();
    AgentInfo info{u"latchkeyd"_s};
    info.mostConnections = connections;
    m_server = std::make_unique<AgentServer>(
        *m_model, m_handOuts->gate, *m_deadlines, shippedKinds(), info);
    return m_server->start(m_address) == AgentServer::Start::Listening;
}

void TestAgentServer::allTogetherHaveSoManyConnections()
{
    QVERIFY(serveAtMost(3));
    m_model->add(anAccount())->signIn(secret("x"), false);
    std::vector<std::unique_ptr<QLocalSocket>> crowd;
    for (int i = 0; i < 3; ++i) {
        crowd.push_back(connected());
        askForToken(*crowd.back());
        QVERIFY(ask(*crowd.back(), "agent.info").contains("result"_L1)); // the token request waits
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"turned away"_s));
    const auto other = connected();
    QSignalSpy closed(other.get(), &QLocalSocket::disconnected);
    QVERIFY(closed.count() || closed.wait());
    crowd.pop_back();
    for (const auto &stays : crowd) // now the server has noticed that one has left
        QVERIFY(ask(*stays, "agent.info").contains("result"_L1));
    QVERIFY(ask(*connected(), "agent.info").contains("result"_L1));
}

void TestAgentServer::whoIsSilentGivesWay()
{
    QVERIFY(serveAtMost(4));
    m_model->add(anAccount())->signIn(secret("x"), false);
    const auto waits = connected();
    askForToken(*waits);
    const auto spoke = connected();
    QVERIFY(ask(*spoke, "agent.info").contains("result"_L1));
    const auto spokeLater = connected();
    QVERIFY(ask(*spokeLater, "agent.info").contains("result"_L1));
    const auto neverSpoke = connected();
    neverSpoke->write("half a line");
    QVERIFY(ask(*spokeLater, "agent.info").contains("result"_L1));

    std::vector<std::unique_ptr<QLocalSocket>> watchers;
    for (QLocalSocket *gone : {neverSpoke.get(), spoke.get(), spokeLater.get()}) {
        expectWarning("it was silent");
        QCOMPARE(gone->state(), QLocalSocket::ConnectedState);
        watchers.push_back(connected());
        QVERIFY(ask(*watchers.back(), "session.watch").contains("result"_L1));
        QTRY_COMPARE(gone->state(), QLocalSocket::UnconnectedState);
    }
    expectWarning("it was silent");
    const auto next = connected();
    QTRY_COMPARE(watchers.back()->state(), QLocalSocket::UnconnectedState);
    QVERIFY(ask(*next, "agent.info").contains("result"_L1));
    for (std::size_t i = 0; i + 1 < watchers.size(); ++i)
        QVERIFY(ask(*watchers.at(i), "agent.info").contains("result"_L1));
    m_client->answer(granted(1, m_clock.now()));
    QVERIFY(line(*waits).contains("result"_L1));
}

void TestAgentServer::whoIsInAContainerShutsNobodyOut()
{
    QVERIFY(serveAtMost(8));
    m_model->add(anAccount())->signIn(secret("x"), false);
    const auto watcher = connected();
    QVERIFY(ask(*watcher, "session.watch").contains("result"_L1));
    const auto waiting = connected();
    askForToken(*waiting);
    QVERIFY(ask(*waiting, "agent.info").contains("result"_L1));

    expectWarning("turned away");
    const Isolated crowd(m_address, 7);
    QVERIFY(crowd.isThere());
    expectWarning("it has the most");
    const auto other = connected();
    QVERIFY(ask(*other, "agent.info").contains("result"_L1));
    QCOMPARE(watcher->state(), QLocalSocket::ConnectedState);
    m_model->find(u"prod"_s)->cancel();
    QVERIFY(line(*waiting).contains("error"_L1));
    QVERIFY(line(*watcher).contains("method"_L1));
}

void TestAgentServer::whoConnectsAgainAndAgainDoesNotFillTheLog()
{
    std::vector<std::unique_ptr<QLocalSocket>> sockets;
    for (int i = 0; i < AgentServer::mostOfOneProcess; ++i)
        sockets.push_back(connected());
    const auto turnedAway = [&] {
        const auto socket = connected();
        return QTest::qWaitFor([&] { return socket->state() == QLocalSocket::UnconnectedState; });
    };
    for (int i = 0; i < RateLimit::burst; ++i) {
        expectWarning("turned away");
        QVERIFY(turnedAway());
    }
    for (int i = 0; i < RateLimit::burst; ++i)
        QVERIFY(turnedAway());
    m_clock.advance(RateLimit::pause);
    expectWarning("turned away");
    QVERIFY(turnedAway());
}

//! A child that inherited the socket must not pass for the process that connected.
void TestAgentServer::whoInheritedTheSocketIsAnother()
{
    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    Session *session = m_model->add(anAccount());
    session->signIn(secret("x"), false);
    m_client->answer(granted(1, m_clock.now()));
    session->setPolicy(HandOutPolicy::Ask);
    const QByteArray request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.token\","
                               "\"params\":{\"name\":\"prod\"}}\n";
    const auto socket = connected();
    socket->write(request);
    QTRY_VERIFY(prompt.shown);
    QVERIFY(!prompt.shown->isOnceOnly);
    Q_EMIT prompt.decided(Decision::OneHour);
    QVERIFY(line(*socket).contains("result"_L1));

    writeAsChild(*socket, request);
    QTRY_VERIFY(prompt.shown);
    QVERIFY(prompt.shown->isOnceOnly);
    Q_EMIT prompt.decided(Decision::Once);
    QVERIFY(line(*socket).contains("result"_L1));

    // A line that both processes have written does not count as the parent's either.
    writeAsChild(*socket, QByteArrayView(request).first(30));
    socket->write(request.sliced(30));
    QTRY_VERIFY(prompt.shown);
    QVERIFY(prompt.shown->isOnceOnly);
    Q_EMIT prompt.decided(Decision::Once);
    QVERIFY(line(*socket).contains("result"_L1));

    socket->write(request); // the parent's own request: allowed for an hour
    QVERIFY(line(*socket).contains("result"_L1));
    m_handOuts->consent.setPrompt(nullptr);
}

//! The test's child process asks for a token whenever it is told to.
void TestAgentServer::whoIsVouchedForAsksInItsParentsName()
{
    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    Session *session = m_model->add(anAccount());
    session->signIn(secret("x"), false);
    m_client->answer(granted(1, m_clock.now()));
    session->setPolicy(HandOutPolicy::Ask);
    sockaddr_un address{AF_UNIX, {}};
    QFile::encodeName(m_address).toStdString().copy(address.sun_path, sizeof address.sun_path - 1);
    const QByteArray request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.token\","
                               "\"params\":{\"name\":\"prod\"}}\n";
    std::array<int, 2> orders{};
    QCOMPARE(pipe(orders.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(orders[1]);
        char byte = 0;
        while (read(orders[0], &byte, 1) == 1) {
            const int agent = socket(AF_UNIX, SOCK_STREAM, 0);
            const bool isAsked =
                ::connect(agent, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0
                && write(agent, request.data(), static_cast<std::size_t>(request.size())) > 0
                && read(agent, &byte, 1) == 1;
            if (!isAsked)
                _exit(1);
            close(agent);
        }
        _exit(0);
    }
    const auto askAsChild = [&] {
        QCOMPARE(write(orders[1], "x", 1), 1);
        QTRY_VERIFY(prompt.shown);
    };
    const auto socket = connected();
    for (const qint64 stranger : {qint64(getppid()), qint64(getpid()), qint64(0)}) {
        socket->write(vouching(stranger));
        QCOMPARE(line(*socket)["error"_L1]["data"_L1]["reason"_L1].toString(), u"usage"_s);
    }
    writeAsChild(*socket, vouching(child));
    QVERIFY(line(*socket).contains("error"_L1));
    askAsChild();
    QCOMPARE(prompt.shown->program.pid, child);
    Q_EMIT prompt.decided(Decision::Once);

    socket->write(vouching(child));
    QCOMPARE(line(*socket).value("result"_L1), QJsonValue(true));
    askAsChild();
    QCOMPARE(prompt.shown->program.pid, getpid());
    QVERIFY(!prompt.shown->isOnceOnly);
    Q_EMIT prompt.decided(Decision::Once);

    close(orders[1]);
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    close(orders[0]);
    m_handOuts->consent.setPrompt(nullptr);
}

void TestAgentServer::oneConnectionWaitsForSoManyAnswers()
{
    m_model->add(anAccount())->signIn(secret("x"), false);
    const auto socket = connected();
    const QByteArray request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.token\","
                               "\"params\":{\"name\":\"prod\",\"deadline\":86400}}\n";
    socket->write(request.repeated(AgentServer::mostWaiting + 1));
    const QJsonObject refused = line(*socket);
    QCOMPARE(refused["error"_L1]["data"_L1]["reason"_L1].toString(), u"failed"_s);
    QVERIFY(!socket->canReadLine());
    // The limit is per connection, and is lifted once there are answers.
    QVERIFY(ask(*connected(), "agent.info").contains("result"_L1));
    m_model->find(u"prod"_s)->cancel();
    for (int i = 0; i < AgentServer::mostWaiting; ++i)
        QVERIFY(line(*socket).contains("error"_L1));
    QVERIFY(ask(*socket, "agent.info").contains("result"_L1));
}

void TestAgentServer::watchersHearOfChanges()
{
    Session *session = m_model->add(anAccount());
    const auto socket = connected();
    QCOMPARE(ask(*socket, "session.watch").value("result"_L1), QJsonValue(true));
    session->signIn(secret("x"), false);
    const QJsonObject first = line(*socket);
    QCOMPARE(first.value("method"_L1).toString(), u"session.changed"_s);
    QCOMPARE(first.value("params"_L1)["state"_L1].toString(), u"signing-in"_s);
    m_client->answer(granted(1, m_clock.now()));
    QCOMPARE(line(*socket).value("params"_L1)["state"_L1].toString(), u"active"_s);
    m_model->forget(u"prod"_s);
    QJsonObject last = line(*socket);
    while (!last.isEmpty() && !last.value("params"_L1).toObject().contains("forgotten"_L1))
        last = line(*socket);
    QCOMPARE(last.value("params"_L1)["name"_L1].toString(), u"prod"_s);
}

void TestAgentServer::watchersHearOfANewName()
{
    Session *session = m_model->add(anAccount());
    const auto socket = connected();
    socket->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.watch\","
                  "\"params\":{\"name\":\"prod\"}}\n");
    QCOMPARE(line(*socket).value("result"_L1), QJsonValue(true));
    QVERIFY(!m_model->rename(*session, u"prod-eu"_s));
    const QJsonObject told{{u"name"_s, u"prod"_s}, {u"renamedTo"_s, u"prod-eu"_s}};
    QCOMPARE(line(*socket).value("params"_L1).toObject(), told);
    QCOMPARE(line(*socket).value("params"_L1)["name"_L1].toString(), u"prod-eu"_s);
    session->signIn(secret("x"), false);
    QCOMPARE(line(*socket).value("params"_L1)["state"_L1].toString(), u"signing-in"_s);
}

void TestAgentServer::aSessionThatIsNotThereCannotBeWatched()
{
    const auto socket = connected();
    socket->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.watch\","
                  "\"params\":{\"name\":\"nobody\"}}\n");
    QCOMPARE(line(*socket)["error"_L1]["data"_L1]["reason"_L1].toString(), u"no-session"_s);
}

void TestAgentServer::aWatcherOfOneSessionHearsOfThatOnly()
{
    Account other = anAccount();
    other.name = u"other"_s;
    Session *one = m_model->add(anAccount());
    Session *two = m_model->add(other);
    const auto socket = connected();
    socket->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.watch\","
                  "\"params\":{\"name\":\"prod\"}}\n");
    QCOMPARE(line(*socket).value("result"_L1), QJsonValue(true));
    two->signIn(secret("x"), false);
    one->signIn(secret("x"), false);
    QCOMPARE(line(*socket).value("params"_L1)["name"_L1].toString(), u"prod"_s);
}

void TestAgentServer::watchersHearOfTheLockBeforeAnythingElse()
{
    (void)m_model->add(anAccount());
    const auto socket = connected();
    socket->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.watch\","
                  "\"params\":{\"name\":\"prod\"}}\n");
    QCOMPARE(line(*socket).value("result"_L1), QJsonValue(true));
    for (const bool isLocked : {true, false}) {
        m_handOuts->lock.setScreenLocked(isLocked);
        QJsonObject told = line(*socket);
        if (told.value("params"_L1).toObject().value("locked"_L1) != isLocked)
            told = line(*socket); // news about what was allowed until then
        QCOMPARE(told.value("method"_L1).toString(), u"agent.handOutsChanged"_s);
        QCOMPARE(told.value("params"_L1)["locked"_L1], QJsonValue(isLocked));
    }
}

void TestAgentServer::aWatcherThatDoesNotReadIsToldSoAndDropped()
{
    Session *session = m_model->add(anAccount());
    const auto watcher = connected();
    watcher->setReadBufferSize(1);
    QSignalSpy closed(watcher.get(), &QLocalSocket::disconnected);
    watcher->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.watch\"}\n");
    QTRY_VERIFY(watcher->bytesAvailable() > 0);
    for (int i = 0; i < 3000; ++i) {
        session->signIn(secret("x"), false);
        session->cancel();
    }
    const auto other = connected();
    QVERIFY(ask(*other, "agent.info").contains("result"_L1));

    watcher->setReadBufferSize(0);
    QByteArray last;
    QTRY_VERIFY2(closed.count() || (last += watcher->readAll(), false), "is not ended");
    last += watcher->readAll();
    const QByteArrayList lines = last.trimmed().split('\n');
    QCOMPARE(
        QJsonDocument::fromJson(lines.last())["method"_L1].toString(), u"session.watchEnded"_s);
    QVERIFY(lines.size() > 100);
    QVERIFY(std::all_of(lines.begin() + 1, lines.end(),
        [](const QByteArray &line) { return !QJsonDocument::fromJson(line).isNull(); }));
}

void TestAgentServer::aWatcherThatNeverReadsIsCutOff()
{
    Session *session = m_model->add(anAccount());
    const auto watcher = connected();
    watcher->setReadBufferSize(1);
    watcher->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.watch\"}\n");
    QTRY_VERIFY(watcher->bytesAvailable() > 0);
    for (int i = 0; i < 3000; ++i) {
        session->signIn(secret("x"), false);
        session->cancel();
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cut off"_s));
    m_clock.advance(60s);
    m_deadlines->look();
}

void TestAgentServer::whoLeavesWhileWaitingHarmsNobody()
{
    m_model->add(anAccount())->signIn(secret("x"), false);
    {
        const auto socket = connected();
        socket->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.token\","
                      "\"params\":{\"name\":\"prod\"}}\n");
        QVERIFY(ask(*socket, "agent.info").contains("result"_L1));
    }
    const auto other = connected();
    QVERIFY(ask(*other, "agent.info").contains("result"_L1));
    m_client->answer(granted(1, m_clock.now()));
    QVERIFY(ask(*other, "session.list").contains("result"_L1));
}

void TestAgentServer::raiseAsksForTheWindow()
{
    m_server.reset();
    m_server = server(true);
    QCOMPARE(m_server->start(m_address), AgentServer::Start::Listening);
    const QSignalSpy raised(m_server.get(), &AgentServer::raiseRequested);
    const auto socket = connected();
    QCOMPARE(ask(*socket, "agent.raise").value("result"_L1), QJsonValue(true));
    QCOMPARE(raised.count(), 1);
    QCOMPARE(raised.first(), QVariantList({QString(), QString()}));
    socket->write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.raise\","
                  "\"params\":{\"server\":\"one.test\",\"user\":\"ada\"}}\n");
    QCOMPARE(line(*socket).value("result"_L1), QJsonValue(true));
    QCOMPARE(raised.last(), QVariantList({u"one.test"_s, u"ada"_s}));
}

void TestAgentServer::raiseIsRefusedWithoutWindows()
{
    const QSignalSpy raised(m_server.get(), &AgentServer::raiseRequested);
    const auto socket = connected();
    QVERIFY(ask(*socket, "agent.raise").contains("error"_L1));
    QCOMPARE(raised.count(), 0);
}

QTEST_GUILESS_MAIN(TestAgentServer)
#include "tst_agentserver.moc"
