// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kindsearch.h"

#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/peerconfiguration.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! What an appliance answers at one path; at all others it answers 404.
struct Answers {
    QByteArray contentType;
    QMap<QString, std::pair<int, QByteArray>> byPath;
};

const QByteArray problem = "application/problem+json";
const QByteArray json = "application/json";
const QByteArray errorCode = R"({"errorCode":"UnexpectedContent","message":"no"})";
const QByteArray rfc = R"({"error":"invalid_request"})";

const QMap<QString, Answers> &appliances()
{
    static const QMap<QString, Answers> all{
        {u"azure"_s, {problem, {{u"/api/oauth2/token"_s, {400, R"({"title":"no"})"}}}}},
        {u"aws"_s,
            {problem,
                {{u"/api/v1/token"_s, {400, errorCode}},
                    {u"/api/v1/identityProvider/signOnUrl"_s, {400, errorCode}}}}},
        {u"gcp"_s, {problem, {{u"/api/v1/token"_s, {400, errorCode}}}}},
        {u"vbr"_s, {json, {{u"/api/oauth2/token"_s, {400, errorCode}}}}},
        {u"m365"_s, {json, {{u"/v7/token"_s, {401, R"({"message":"no"})"}}}}},
        {u"one"_s, {problem, {{u"/api/token"_s, {400, R"({"title":"no"})"}}}}},
        {u"vspc"_s, {json, {{u"/api/v3/token"_s, {400, rfc}}}}},
        {u"vro"_s, {problem, {{u"/api/token"_s, {415, R"({"title":"no"})"}}}}},
        {u"oauth2"_s, {json, {{u"/token"_s, {400, rfc}}}}},
    };
    return all;
}

} // namespace

class TestKindSearch final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void kindIsFoundAtItsOwnPort_data() { eachKind(); }
    void kindIsFoundAtItsOwnPort();
    void kindIsFoundBehindAProxy_data() { eachKind(); }
    void kindIsFoundBehindAProxy();
    void kindIsFoundBelowAPath();
    void kindIsFoundAtItsTokenPath_data() { eachKind(); }
    void kindIsFoundAtItsTokenPath();
    void otherServersAreUnknown_data();
    void otherServersAreUnknown();
    void severalAreTold();
    void ownPortDecides();
    void namedPortIsTheOnlyOneAsked();
    void nothingSecretIsSent();
    void silenceEndsIt();
    void openQuestionsAreTold_data();
    void openQuestionsAreTold();
    void httpInPlaceOfHttpsIsTold();
    void untrustedCertificateIsTold();
    void destroyingItAnswersNothing();

private:
    static void eachKind();
    void search(const QString &server);
    //! Answers all requests as that appliance does, if they come to its port.
    void answerAs(const Answers &appliance, int port);
    [[nodiscard]] QStringList found() const;

    QSslConfiguration m_tls;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<KindSearch> m_search;
    int m_finished = 0;
};

void TestKindSearch::initTestCase()
{
    m_tls = configurationWithPeer();
    QVERIFY2(!m_tls.peerCertificate().isNull(), "no TLS handshake on the loopback interface");
}

void TestKindSearch::init()
{
    failOnAnyWarning();
    m_search.reset();
    m_finished = 0;
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_network->setTls(m_tls);
}

void TestKindSearch::eachKind()
{
    QTest::addColumn<QString>("id");
    for (const QString &id : appliances().keys())
        QTest::addRow("%s", qPrintable(id)) << id;
}

void TestKindSearch::search(const QString &server)
{
    m_search = std::make_unique<KindSearch>(shippedKinds(), m_network->factory(), *m_deadlines);
    connect(m_search.get(), &KindSearch::finished, this, [this] { ++m_finished; });
    m_search->start(QUrl(server));
}

void TestKindSearch::answerAs(const Answers &appliance, int port)
{
    for (int i = 0; i < m_network->count(); ++i) {
        FakeReply *reply = m_network->reply(i);
        if (!reply || reply->isFinished())
            continue;
        const QUrl url = m_network->request(i).request.url();
        if (url.port(443) != port) {
            reply->end(QNetworkReply::ConnectionRefusedError);
            continue;
        }
        const auto [status, body] =
            appliance.byPath.value(url.path(), {404, R"({"title":"not here"})"});
        reply->answer(status, body, appliance.contentType,
            status == 404 ? QNetworkReply::ContentNotFoundError
                          : QNetworkReply::ProtocolInvalidOperationError);
    }
}

QStringList TestKindSearch::found() const
{
    QStringList found;
    for (const KindSearch::Candidate &candidate : m_search->candidates())
        found.append(candidate.kind.id + u' ' + candidate.server.toString());
    return found;
}

void TestKindSearch::kindIsFoundAtItsOwnPort()
{
    QFETCH(const QString, id);
    const int port = shippedKinds().find(id)->port;
    search(u"https://appliance.test"_s);
    answerAs(appliances().value(id), port);
    QCOMPARE(m_finished, 1);
    const QString server =
        port == 443 ? u"https://appliance.test"_s : u"https://appliance.test:%1"_s.arg(port);
    QCOMPARE(found(), QStringList(id + u' ' + server));
}

void TestKindSearch::kindIsFoundBehindAProxy()
{
    QFETCH(const QString, id);
    search(u"https://appliance.test"_s);
    answerAs(appliances().value(id), 443);
    QCOMPARE(m_finished, 1);
    const bool isItsOwn = shippedKinds().find(id)->port == 443;
    QCOMPARE(found(),
        QStringList(
            id + (isItsOwn ? u" https://appliance.test"_s : u" https://appliance.test:443"_s)));
}

void TestKindSearch::kindIsFoundBelowAPath()
{
    search(u"https://appliance.test:8443/idp"_s);
    answerAs({json, {{u"/idp/token"_s, {401, R"({"error":"invalid_client"})"}}}}, 8443);
    QCOMPARE(found(), QStringList(u"oauth2 https://appliance.test:8443/idp"_s));
}

void TestKindSearch::kindIsFoundAtItsTokenPath()
{
    QFETCH(const QString, id);
    const Kind kind = *shippedKinds().find(id);
    const QString path = Kind::filledIn(kind.token.path, kind.versions.values.value(1));
    for (const QString &address : {u"https://appliance.test:8443"_s, u"https://appliance.test"_s}) {
        const QUrl server(address);
        search(address + path);
        answerAs(appliances().value(id), server.port(443));
        QVERIFY2(found().contains(id + u' ' + kind.serverFrom(server).toString())
                || found().contains(id + u' ' + address + u":443"_s),
            qPrintable(found().join(u'\n')));
    }
}

void TestKindSearch::otherServersAreUnknown_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentType");
    QTest::newRow("a page for everything")
        << 200 << QByteArray("<html>") << QByteArray("text/html");
    QTest::newRow("not found") << 404 << QByteArray("{}") << json;
    QTest::newRow("method not allowed") << 405 << QByteArray() << QByteArray();
    QTest::newRow("a refusal in html") << 400 << QByteArray("<html>") << QByteArray("text/html");
    QTest::newRow("a refusal for everything, in json") << 401 << QByteArray("{}") << json;
    QTest::newRow("a gateway's refusal")
        << 401 << QByteArray(R"({"message":"no","request_id":"1"})") << json;
    QTest::newRow("a problem, as ASP.NET tells it")
        << 401 << QByteArray(R"({"title":"Unauthorized","status":401})") << problem;
    QTest::newRow("an error, as Spring tells it")
        << 401 << QByteArray(R"({"status":401,"error":"Unauthorized","message":"no"})")
        << QByteArray("application/json;charset=UTF-8");
    QTest::newRow("no such type") << 415 << QByteArray(R"({"title":"no"})") << problem;
    QTest::newRow("forbidden") << 403 << QByteArray("no") << QByteArray("text/plain");
    QTest::newRow("a redirect") << 302 << QByteArray() << QByteArray();
}

void TestKindSearch::otherServersAreUnknown()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, contentType);
    search(u"https://appliance.test:8443"_s);
    for (int i = 0; i < m_network->count(); ++i)
        m_network->reply(i)->answer(status, body, contentType);
    QCOMPARE(m_finished, 1);
    QCOMPARE(found(), QStringList());
}

void TestKindSearch::severalAreTold()
{
    search(u"https://appliance.test"_s);
    for (int i = 0; i < m_network->count(); ++i) {
        const QUrl url = m_network->request(i).request.url();
        const bool isOne = url.port(443) == 1239;
        const bool isVspc = url.port(443) == 1280;
        const bool isControl = url.path() == "/latchkey-is-asking"_L1;
        if (isOne || isVspc)
            m_network->reply(i)->answer(
                isControl ? 404 : 400, isOne ? "{}" : rfc, isOne ? problem : json);
        else
            m_network->reply(i)->end(QNetworkReply::ConnectionRefusedError);
    }
    QStringList ids = found();
    ids.sort();
    QCOMPARE(ids,
        QStringList({u"one https://appliance.test:1239"_s, u"vspc https://appliance.test:1280"_s}));
}

//! What both kinds would answer at a path that they share.
void TestKindSearch::ownPortDecides()
{
    const Answers both{problem,
        {{u"/api/oauth2/token"_s, {400, R"({"title":"no"})"}},
            {u"/api/token"_s, {400, R"({"title":"no"})"}}}};
    search(u"https://appliance.test:1239"_s);
    answerAs(both, 1239);
    QCOMPARE(found(), QStringList(u"one https://appliance.test:1239"_s));

    search(u"https://appliance.test:8443"_s);
    answerAs(both, 8443);
    QCOMPARE(found().size(), 2);
}

void TestKindSearch::namedPortIsTheOnlyOneAsked()
{
    search(u"https://appliance.test:9419"_s);
    // The checks of the nine kinds ask at eight paths by POST and at one by GET; for each method
    // there is one request more.
    QCOMPARE(m_network->count(), 11);
    for (int i = 0; i < m_network->count(); ++i)
        QCOMPARE(m_network->request(i).request.url().port(), 9419);
}

void TestKindSearch::nothingSecretIsSent()
{
    search(u"https://appliance.test"_s);
    QVERIFY(m_network->count() > 0);
    for (int i = 0; i < m_network->count(); ++i) {
        QCOMPARE(m_network->request(i).body, QByteArray());
        QVERIFY(!m_network->request(i).request.hasRawHeader("Authorization"));
        QVERIFY(!m_network->request(i).request.hasRawHeader("Cookie"));
    }
}

void TestKindSearch::silenceEndsIt()
{
    search(u"https://appliance.test"_s);
    m_clock.advance(3s);
    m_deadlines->look();
    QCOMPARE(m_finished, 1);
    QCOMPARE(found(), QStringList());
}

void TestKindSearch::openQuestionsAreTold_data()
{
    QTest::addColumn<QString>("answered");
    QTest::addColumn<QStringList>("kinds");
    QTest::addColumn<bool>("isTimeout");
    QTest::newRow("nothing fits") << u"/api/v3/token"_s << QStringList() << true;
    QTest::newRow("one fits") << u"/api/oauth2/token"_s
                              << QStringList(u"azure https://appliance.test"_s) << false;
}

void TestKindSearch::openQuestionsAreTold()
{
    QFETCH(const QString, answered);
    search(u"https://appliance.test"_s);
    for (int i = 0; i < m_network->count(); ++i) {
        const QUrl url = m_network->request(i).request.url();
        if (url.path() == answered && url.port(443) == 443)
            m_network->reply(i)->answer(400, R"({"title":"no"})", problem);
    }
    m_clock.advance(3s);
    m_deadlines->look();
    QCOMPARE(m_finished, 1);
    QTEST(found(), "kinds");
    const auto told = m_search->problem();
    QTEST(told && told->type == AuthError::Type::Timeout, "isTimeout");
}

//! At the port of a kind, while nobody listens at the usual one.
void TestKindSearch::httpInPlaceOfHttpsIsTold()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this,
        [&] { server.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    QFile shipped(u":/kinds/vbr.json"_s);
    QVERIFY(shipped.open(QFile::ReadOnly));
    QJsonObject kind = QJsonDocument::fromJson(shipped.readAll()).object();
    kind[u"id"_s] = u"near"_s;
    kind[u"port"_s] = server.serverPort();
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"near.json"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(QJsonDocument(kind).toJson());
    file.close();
    const Kinds kinds({folder.path()});
    QVERIFY(kinds.find(u"near"_s));
    Network network = m_network->factory();
    network.resolve = [](const QString &, QObject *, const auto &) {
    };
    m_search = std::make_unique<KindSearch>(kinds, network, *m_deadlines);
    const QSignalSpy finished(m_search.get(), &KindSearch::finished);
    m_search->start(QUrl(u"https://127.0.0.1"_s));
    for (int i = 0; i < m_network->count(); ++i) {
        const bool isThere = m_network->request(i).request.url().port() == server.serverPort();
        m_network->reply(i)->end(isThere ? QNetworkReply::SslHandshakeFailedError
                                         : QNetworkReply::ConnectionRefusedError);
    }
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(m_search->problem()->type, AuthError::Type::PlainHttp);
}

void TestKindSearch::untrustedCertificateIsTold()
{
    search(u"https://appliance.test:8443"_s);
    const int first = m_network->count();
    for (int i = 0; i < first; ++i)
        m_network->reply(i)->meetUntrustedCertificate();
    QTRY_COMPARE(m_network->count(), 2 * first);
    for (int i = first; i < 2 * first; ++i) {
        m_network->reply(i)->meetUntrustedCertificate();
        const bool isToken = m_network->request(i).request.url().path() == "/api/oauth2/token"_L1;
        m_network->reply(i)->answer(isToken ? 400 : 404, R"({"title":"no"})", problem);
    }
    QCOMPARE(m_finished, 1);
    QCOMPARE(found(), QStringList(u"azure https://appliance.test:8443"_s));
    QVERIFY(m_search->candidates().first().untrusted);
}

void TestKindSearch::destroyingItAnswersNothing()
{
    search(u"https://appliance.test"_s);
    m_search.reset();
    m_clock.advance(3s);
    m_deadlines->look();
    QCOMPARE(m_finished, 0);
}

QTEST_GUILESS_MAIN(TestKindSearch)
#include "tst_kindsearch.moc"
