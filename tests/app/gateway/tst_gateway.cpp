// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/gateway.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QNetworkInterface>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <array>
#include <future>
#include <thread>

using namespace latchkey::ctl;
using namespace std::chrono_literals;

namespace {

QByteArray notice(const QByteArray &method, const QByteArray &params = "{}")
{
    return R"({"jsonrpc":"2.0","method":")" + method + R"(","params":)" + params + "}\n";
}

//! Hands out a token for the appliance at a port of this machine, and counts how often.
class Agent : public QObject {
public:
    explicit Agent(const QString &path)
    {
        m_server.listen(path);
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            socket = m_server.nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, this, [this] { answerAll(); });
        });
    }

    void tell(const QByteArray &method, const QByteArray &params = "{}")
    {
        socket->write(notice(method, params));
        socket->flush();
    }

    QPointer<QLocalSocket> socket;
    QByteArray server;
    int tokens = 0;
    int used = 0;
    int holdFor = 3600;
    bool isWilling = true;
    std::string refusal = "Latchkey is locked.";
    //! Sent in one piece with the next token: ahead of its answer, and behind it.
    QByteArray ahead;
    QByteArray behind;

private:
    void answerAll()
    {
        auto *from = socket.data();
        while (from && from->canReadLine())
            answer(nlohmann::json::parse(from->readLine().toStdString()));
    }

    void answer(const nlohmann::json &request)
    {
        nlohmann::json answer{{"jsonrpc", "2.0"}, {"id", request["id"]}, {"result", true}};
        const std::string method = request["method"];
        if (method == "session.tokenUsed")
            used += request["params"]["requests"].get<int>();
        if (method == "session.get")
            answer["result"] = {{"server", server.toStdString()}};
        if (method == "session.token" && isWilling) {
            ++tokens;
            answer["result"] = {{"server", server.toStdString()}, {"holdFor", holdFor},
                {"tokenPaths", {"/{version}/sesame", "/api/way/out"}},
                {"accessToken", "token-" + std::to_string(tokens)}};
        } else if (method == "session.token") {
            answer.erase("result");
            answer["error"] = {{"message", refusal}, {"data", {{"reason", "denied"}}}};
        }
        QByteArray line = QByteArray::fromStdString(answer.dump()) + "\n";
        if (method == "session.token")
            line = std::exchange(ahead, {}) + line + std::exchange(behind, {});
        socket->write(line);
    }

    QLocalServer m_server;
};

//! An appliance whose every byte the test writes.
class FarServer : public QObject {
public:
    FarServer()
    {
        m_server.listen(QHostAddress::Any);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            socket = m_server.nextPendingConnection();
            socket->setReadBufferSize(64 * 1024);
            ++connections;
        });
    }

    [[nodiscard]] QByteArray url() const
    {
        return "http://127.0.0.1:" + QByteArray::number(port());
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

    QPointer<QTcpSocket> socket;
    int connections = 0;

private:
    QTcpServer m_server;
};

struct RunningGateway {
    asio::io_context context{1};
    AgentSession session{context.get_executor(), "prod", Seconds(60)};
    std::optional<Gateway> gateway;
};

const QByteArray renamed = R"({"name":"prod","renamedTo":"prod-eu"})";
const QByteArray okay = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

} // namespace

//! The whole gateway on a thread of its own. The test plays the agent, the appliance and the
//! client.
class TestGateway final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aTokenIsAskedForOnceAndKept();
    void aTokenThatMayNotBeHeldIsAskedForEachTime();
    void aTokenWhoseTimeEndsOnTheWayIsNotSent_data();
    void aTokenWhoseTimeEndsOnTheWayIsNotSent();
    void whatTheAgentTellsEndsATokenAtOnce_data();
    void whatTheAgentTellsEndsATokenAtOnce();
    void anAgentThatGoesTakesItsTokenAlong();
    void whatFollowsARenameIsNotHeard();
    void aTokenAfterARefusalIsComparedWithTheNews();
    void aRefusalIsOneLineThatNoTerminalObeys();
    void howOftenATokenWasUsedIsTold();
    void usesBeforeARenameAreStillTold();
    void tokenPathsOfTheKindAreShut_data();
    void tokenPathsOfTheKindAreShut();

    void httpStaysOnThisMachine_data();
    void httpStaysOnThisMachine();

    void aSlowUploadIsNotCutOff();
    void aSlowAnswerIsNotCutOff();
    void aSilentApplianceIsGivenUp();
    void aSilentClientIsGivenUp();

    void anEarlyRefusalIsPassedOn_data();
    void anEarlyRefusalIsPassedOn();

    void anIdleClientIsToldForHowLongItIsKept();
    void aRequestThatArrivesSlowlyIsServed();

private:
    void start(const Limits &limits = {}, const Resolve &resolve = {});
    [[nodiscard]] std::unique_ptr<QTcpSocket> client() const;
    [[nodiscard]] QByteArray head(const QByteArray &method, qint64 length = 0) const;
    //! Sends a request, has the appliance answer it, and returns what the client receives.
    [[nodiscard]] QByteArray exchange(QTcpSocket &client);
    [[nodiscard]] bool hasUpstream(const QByteArray &bytes);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Agent> m_agent;
    std::unique_ptr<FarServer> m_upstream;
    RunningGateway *m_context = nullptr;
    std::thread m_thread;
    QByteArray m_key;
    quint16 m_port = 0;
    QByteArray m_received; // what the appliance received
};

namespace {

constexpr int patience = 60'000; // of the test, generous because the machine may be busy

//! Finds every host at one place, but only after a while.
Resolve resolveTo(const QString &address, quint16 port, std::chrono::milliseconds pause = 0ms)
{
    const asio::ip::tcp::endpoint place(asio::ip::make_address(address.toStdString()), port);
    return [place, pause](asio::any_io_executor executor, const std::string &,
               const std::string &) -> Task<Places> {
        asio::steady_timer timer(executor, pause);
        ErrorCode ignored;
        co_await timer.async_wait(into(ignored));
        co_return Places{place};
    };
}

bool comes(QTcpSocket &socket, QByteArray &all, const QByteArray &expected)
{
    return QTest::qWaitFor(
        [&] {
            all += socket.readAll();
            return all.contains(expected);
        },
        patience);
}

} // namespace

void TestGateway::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const QString path = m_folder->filePath(QStringLiteral("agent.sock"));
    qputenv("LATCHKEY_SOCKET", path.toUtf8());
    m_agent = std::make_unique<Agent>(path);
    m_upstream = std::make_unique<FarServer>();
    m_agent->server = m_upstream->url();
    m_received.clear();
}

void TestGateway::cleanup()
{
    if (m_context)
        m_context->context.stop();
    if (m_thread.joinable())
        m_thread.join();
    m_context = nullptr;
    m_agent.reset();
    m_upstream.reset();
}

void TestGateway::start(const Limits &limits, const Resolve &resolve)
{
    // Never destroyed, as in the program: work under way cannot be stopped in order.
    static auto &all = *new std::vector<RunningGateway *>;
    m_context = all.emplace_back(new RunningGateway);
    std::promise<std::pair<QByteArray, quint16>> promise;
    auto place = promise.get_future();
    m_thread = std::thread([context = m_context, limits, resolve, &promise] {
        context->session.begin();
        context->gateway.emplace(context->context, ListenAddress::from("127.0.0.1:0"),
            std::vector<AllowRule>{AllowRule("GET,POST /**")}, context->session, false, limits,
            resolve);
        const Authenticator &authenticator = context->gateway->authenticator();
        const std::string url = authenticator.url();
        promise.set_value({QByteArray::fromStdString(authenticator.key()),
            static_cast<quint16>(std::stoi(url.substr(url.rfind(':') + 1)))});
        (void)context->gateway->run();
    });
    QVERIFY(
        QTest::qWaitFor([&] { return place.wait_for(0s) == std::future_status::ready; }, patience));
    std::tie(m_key, m_port) = place.get();
}

std::unique_ptr<QTcpSocket> TestGateway::client() const
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress::LocalHost, m_port);
    return socket;
}

QByteArray TestGateway::head(const QByteArray &method, qint64 length) const
{
    return method + " /" + m_key + "/x HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + (length > 0 ? "Content-Length: " + QByteArray::number(length) + "\r\n" : QByteArray())
        + "\r\n";
}

bool TestGateway::hasUpstream(const QByteArray &bytes)
{
    return QTest::qWaitFor(
        [&] {
            if (m_upstream->socket)
                m_received += m_upstream->socket->readAll();
            return m_received.contains(bytes);
        },
        patience);
}

QByteArray TestGateway::exchange(QTcpSocket &client)
{
    m_received.clear();
    client.write(head("GET"));
    QByteArray came;
    bool isAnswered = false;
    (void)QTest::qWaitFor(
        [&] {
            if (m_upstream->socket && !isAnswered) {
                m_received += m_upstream->socket->readAll();
                isAnswered = m_received.contains("\r\n\r\n");
                if (isAnswered)
                    m_upstream->socket->write(okay);
            }
            came += client.readAll();
            return came.endsWith("{}") || client.state() == QTcpSocket::UnconnectedState;
        },
        patience);
    return came;
}

void TestGateway::tokenPathsOfTheKindAreShut_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/v1/sesame", "/v1/S%65same/x?y", "//api//way/out;z"})
        QTest::newRow(path) << QByteArray(path);
}

void TestGateway::tokenPathsOfTheKindAreShut()
{
    QFETCH(const QByteArray, path);
    start();
    const auto client = this->client();
    client->write("POST /" + m_key + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QByteArray came;
    QVERIFY(comes(*client, came, "whatever --allow says"));
    QVERIFY(came.startsWith("HTTP/1.1 403 "));
    QCOMPARE(m_upstream->connections, 0);
}

void TestGateway::aTokenIsAskedForOnceAndKept()
{
    start();
    const auto client = this->client();
    for (int count = 0; count < 5; ++count) {
        QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
        QVERIFY(m_received.contains("Authorization: Bearer token-1\r\n"));
    }
    QCOMPARE(m_agent->tokens, 1);
    QCOMPARE(m_upstream->connections, 1);
}

void TestGateway::aTokenThatMayNotBeHeldIsAskedForEachTime()
{
    m_agent->holdFor = 0;
    start();
    const auto client = this->client();
    for (int count = 1; count <= 3; ++count) {
        QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
        QCOMPARE(m_agent->tokens, count);
    }
}

void TestGateway::aTokenWhoseTimeEndsOnTheWayIsNotSent_data()
{
    QTest::addColumn<int>("holdFor");
    QTest::addColumn<int>("tokens");
    QTest::newRow("for an hour") << 3600 << 1;
    QTest::newRow("for a second") << 1 << 2;
    QTest::newRow("for this once") << 0 << 1;
}

//! The end of an allowance is no news that the agent would tell.
void TestGateway::aTokenWhoseTimeEndsOnTheWayIsNotSent()
{
    QFETCH(const int, holdFor);
    QFETCH(const int, tokens);
    m_agent->holdFor = holdFor;
    start({}, resolveTo(QStringLiteral("127.0.0.1"), m_upstream->port(), 1500ms));
    QVERIFY(exchange(*client()).startsWith("HTTP/1.1 200"));
    QCOMPARE(m_agent->tokens, tokens);
    QVERIFY(m_received.contains("Bearer token-" + QByteArray::number(tokens) + "\r\n"));
}

void TestGateway::whatTheAgentTellsEndsATokenAtOnce_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("the session") << QByteArray("session.changed");
    QTest::newRow("the lock") << QByteArray("agent.handOutsChanged");
    QTest::newRow("what is new one day") << QByteArray("something.else");
}

void TestGateway::whatTheAgentTellsEndsATokenAtOnce()
{
    QFETCH(const QByteArray, method);
    start();
    const auto client = this->client();
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    m_agent->tell(method);
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    QCOMPARE(m_agent->tokens, 2);
    m_agent->isWilling = false;
    m_agent->tell(method);
    const QByteArray refused = exchange(*client);
    QVERIFY2(refused.startsWith("HTTP/1.1 403"), refused.constData());
    QVERIFY(refused.contains("Latchkey is locked."));
}

void TestGateway::anAgentThatGoesTakesItsTokenAlong()
{
    start();
    const auto client = this->client();
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    m_agent->isWilling = false;
    m_agent->socket->abort();
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 403"));
}

//! The gateway leaves the connection with the notice, and a token that it got on it would be one of
//! which nobody could tell it when it ends.
void TestGateway::whatFollowsARenameIsNotHeard()
{
    start();
    const auto client = this->client();
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    m_agent->ahead = notice("session.changed", renamed);
    m_agent->tell("session.changed");
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    QVERIFY(m_received.contains("Bearer token-3\r\n"));
    m_agent->tell("session.changed");
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    QVERIFY(m_received.contains("Bearer token-4\r\n"));
}

//! Where it goes out on an idle connection, which takes no time.
void TestGateway::aTokenAfterARefusalIsComparedWithTheNews()
{
    start();
    const std::array clients{client(), client()};
    QList<QTcpSocket *> upstream;
    for (const auto &client : clients) {
        client->write(head("GET"));
        QVERIFY(
            QTest::qWaitFor([&] { return m_upstream->connections > upstream.size(); }, patience));
        upstream.append(m_upstream->socket);
        QVERIFY(hasUpstream("\r\n\r\n"));
        m_received.clear();
    }
    for (qsizetype n = 0; n < upstream.size(); ++n) {
        QByteArray came;
        upstream[n]->write(okay);
        QVERIFY(comes(*clients.at(static_cast<std::size_t>(n)), came, "{}"));
    }
    clients[0]->write(head("GET"));
    const auto hasRequest = [](const QTcpSocket *socket) {
        return socket->bytesAvailable() > 0;
    };
    const auto wait = [&] {
        return std::ranges::any_of(upstream, hasRequest);
    };
    QVERIFY(QTest::qWaitFor(wait, patience));
    m_agent->behind = notice("session.changed");
    QTcpSocket *refusing = *std::ranges::find_if(upstream, hasRequest);
    QVERIFY(refusing->readAll().contains("Bearer token-1\r\n"));
    refusing->write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    QVERIFY(QTest::qWaitFor(wait, patience));
    QVERIFY(
        (*std::ranges::find_if(upstream, hasRequest))->readAll().contains("Bearer token-3\r\n"));
    QCOMPARE(m_upstream->connections, 2);
}

void TestGateway::aRefusalIsOneLineThatNoTerminalObeys()
{
    m_agent->isWilling = false;
    m_agent->refusal = "\x1b[31mno\n\xc2\x9b";
    start();
    const QByteArray refused = exchange(*client());
    QVERIFY2(refused.endsWith("\r\n\r\n\\u001b[31mno\\u000a\\u009b\n"), refused.constData());
}

void TestGateway::howOftenATokenWasUsedIsTold()
{
    start();
    const auto client = this->client();
    for (int count = 0; count < 5; ++count)
        QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    QTRY_COMPARE_WITH_TIMEOUT(m_agent->used, 4, patience); // the first use is the hand-out itself
}

//! Before the gateway leaves the connection: later, the name may be that of another session.
void TestGateway::usesBeforeARenameAreStillTold()
{
    start();
    const auto client = this->client();
    for (int count = 0; count < 3; ++count)
        QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    m_agent->tell("session.changed", renamed);
    QTRY_COMPARE_WITH_TIMEOUT(m_agent->used, 2, patience);
}

//! The upload takes longer than the silence that is allowed, but something arrives all the time.
void TestGateway::httpStaysOnThisMachine_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isHere");
    QTest::newRow("IPv4") << QStringLiteral("127.0.0.1") << true;
    QTest::newRow("IPv4 as IPv6") << QStringLiteral("::ffff:127.0.0.1") << true;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.protocol() == QHostAddress::IPv4Protocol && !address.isLoopback())
            QTest::newRow("another IPv4") << address.toString() << false;
    }
}

//! Even where the name says otherwise, and where one of our own listens at the port here.
void TestGateway::httpStaysOnThisMachine()
{
    QFETCH(const QString, address);
    QFETCH(const bool, isHere);
    m_agent->server = "http://localhost:" + QByteArray::number(m_upstream->port());
    start({}, resolveTo(address, m_upstream->port()));
    const QByteArray answer = exchange(*client());
    QVERIFY2(answer.startsWith(isHere ? "HTTP/1.1 200" : "HTTP/1.1 504"), answer.constData());
    QCOMPARE(m_received.isEmpty(), !isHere);
}

void TestGateway::aSlowUploadIsNotCutOff()
{
    Limits limits;
    limits.silence = 3s;
    start(limits);
    const auto client = this->client();
    constexpr int pieces = 10;
    client->write(head("POST", pieces));
    for (int count = 0; count < pieces; ++count) {
        QTest::qWait(500); // NOLINT: the client is this slow
        client->write("x");
    }
    QVERIFY(hasUpstream("\r\n\r\nxxxxxxxxxx"));
    m_upstream->socket->write(okay);
    QByteArray came;
    QVERIFY(comes(*client, came, "HTTP/1.1 200"));
}

void TestGateway::aSlowAnswerIsNotCutOff()
{
    Limits limits;
    limits.silence = 3s;
    start(limits);
    const auto client = this->client();
    client->write(head("GET"));
    QVERIFY(hasUpstream("\r\n\r\n"));
    m_upstream->socket->write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
    for (int count = 0; count < 10; ++count) {
        QTest::qWait(500); // NOLINT: the appliance is this slow
        m_upstream->socket->write("x");
    }
    QByteArray came;
    QVERIFY(comes(*client, came, "xxxxxxxxxx"));
}

void TestGateway::aSilentApplianceIsGivenUp()
{
    Limits limits;
    limits.silence = 100ms;
    start(limits);
    const auto client = this->client();
    client->write(head("GET"));
    QByteArray came;
    QVERIFY(comes(*client, came, "does not answer"));
    QVERIFY(came.startsWith("HTTP/1.1 504"));
}

void TestGateway::aSilentClientIsGivenUp()
{
    Limits limits;
    limits.silence = 100ms;
    limits.head = 100ms;
    start(limits);
    for (const QByteArray &begun : {QByteArray(), QByteArray("GET /"), head("POST", 10) + "x"}) {
        const auto client = this->client();
        client->write(begun);
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), QTcpSocket::ConnectedState, patience);
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), QTcpSocket::UnconnectedState, patience);
    }
    QCOMPARE(m_upstream->connections, 0);
}

void TestGateway::anEarlyRefusalIsPassedOn_data()
{
    QTest::addColumn<bool>("hangsUp");
    QTest::newRow("it hangs up") << true;
    QTest::newRow("it reads no more") << false;
}

void TestGateway::anEarlyRefusalIsPassedOn()
{
    QFETCH(const bool, hangsUp);
    start();
    const auto client = this->client();
    constexpr qint64 size = 15 * 1024 * 1024;
    client->write(head("POST", size) + QByteArray(size, 'x'));
    QVERIFY(hasUpstream("\r\n\r\n"));
    m_upstream->socket->write("HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
    if (hangsUp)
        m_upstream->socket->disconnectFromHost();
    QByteArray came;
    QVERIFY(comes(*client, came, "large"));
    QVERIFY2(came.startsWith("HTTP/1.1 413"), came.constData());
    const int before = m_upstream->connections;
    const auto other = this->client();
    QVERIFY(exchange(*other).startsWith("HTTP/1.1 200"));
    QCOMPARE(m_upstream->connections, before + 1); // the first connection is still busy
}

void TestGateway::anIdleClientIsToldForHowLongItIsKept()
{
    Limits limits;
    limits.idle = 1s;
    limits.idleGrace = 100ms;
    start(limits);
    const auto client = this->client();
    const QByteArray answer = exchange(*client);
    QVERIFY(answer.contains("Connection: keep-alive\r\n"));
    QVERIFY(answer.contains("Keep-Alive: timeout=1\r\n"));
    QTRY_COMPARE_WITH_TIMEOUT(client->state(), QTcpSocket::UnconnectedState, patience);
}

//! The client's idle time runs out in the middle of its request.
void TestGateway::aRequestThatArrivesSlowlyIsServed()
{
    Limits limits;
    limits.idle = 1s;
    limits.idleGrace = 100ms;
    start(limits);
    const auto client = this->client();
    QVERIFY(exchange(*client).startsWith("HTTP/1.1 200"));
    const QByteArray request = head("GET");
    client->write(request.first(9));
    QTest::qWait(1500); // NOLINT: the client is this slow
    client->write(request.sliced(9));
    m_received.clear();
    QVERIFY(hasUpstream("\r\n\r\n"));
    m_upstream->socket->write(okay);
    QByteArray came;
    QVERIFY(comes(*client, came, "{}"));
}

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
