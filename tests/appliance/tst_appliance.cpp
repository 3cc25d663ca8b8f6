// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/form.h"
#include "totp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QTest>
#include <QUrl>
#include <QtEndian>

#include <cerrno>
#include <memory>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace latchkey::appliance;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Fields = QList<std::pair<QString, QString>>;

const QString hardPassword = u"p+a ss&w=ö%25"_s;
const QString aTime = u"/api/v8.1/system/time"_s;

struct Answer {
    int status = 0;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QByteArray body;
    QJsonObject json;
    QHash<QByteArray, QByteArray> headers;

    [[nodiscard]] QString text(QLatin1StringView name) const { return json[name].toString(); }
    [[nodiscard]] QString access() const { return text("access_token"_L1); }
    [[nodiscard]] QString refresh() const { return text("refresh_token"_L1); }
};

QByteArray encoded(const Fields &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
    return pairs.join('&');
}

QJsonObject jwtPart(const QString &token, int part)
{
    const QByteArray encodedPart = token.toLatin1().split('.').value(part);
    return QJsonDocument::fromJson(
        QByteArray::fromBase64(encodedPart, QByteArray::Base64UrlEncoding))
        .object();
}

QJsonObject claims(const QString &token)
{
    return jwtPart(token, 1);
}

//! A connection to 127.0.0.1 without Qt, by which the error codes of the system can be seen.
class RawConnection {
public:
    explicit RawConnection(quint16 port)
        : m_descriptor(::socket(AF_INET, SOCK_STREAM, 0))
        , m_notifier(m_descriptor, QSocketNotifier::Read)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = qToBigEndian(port);
        address.sin_addr.s_addr = qToBigEndian(quint32(INADDR_LOOPBACK));
        m_isConnected =
            ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0;
    }
    ~RawConnection()
    {
        m_notifier.setEnabled(false);
        ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(RawConnection)

    [[nodiscard]] bool send(const QByteArray &bytes) const
    {
        return m_isConnected
            && ::send(m_descriptor, bytes.constData(), size_t(bytes.size()), 0) == bytes.size();
    }
    [[nodiscard]] const QSocketNotifier *notifier() const { return &m_notifier; }
    //! The error code of the system; 0 after an orderly end, -1 where there is something to read.
    [[nodiscard]] int errorOfRead() const
    {
        char byte = 0;
        const ssize_t count = ::recv(m_descriptor, &byte, 1, 0);
        return count < 0 ? errno : int(-count);
    }

private:
    int m_descriptor;
    QSocketNotifier m_notifier;
    bool m_isConnected = false;
};

} // namespace

//! Drives the program as Latchkey's own tests do: as a process, over TLS, with the control door
//! beside it.
class TestAppliance final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void totpMatchesRfc6238_data();
    void totpMatchesRfc6238();
    void totpTakesNeighbouringStepsOnly();
    void base32IsDecoded_data();
    void base32IsDecoded();
    void formIsDecoded_data();
    void formIsDecoded();

    void passwordGrantHasThirteenMembers();
    void tokensCarryTheClaims();
    void namesAndGrantsIgnoreCase_data();
    void namesAndGrantsIgnoreCase();
    void hardPasswordArrivesExactly();
    void wrongPasswordIsRefused_data();
    void wrongPasswordIsRefused();
    void otherContentTypesAre415();
    void datesHaveSevenDigitsAndFourMilliseconds();

    void secondFactorGivesATicketFirst();
    void codeIsGrantedOnce();
    void scratchCodeWorksOnce();
    void ticketDiesOfWrongCodes();
    void ticketDiesOfAge();
    void identityProviderUserIsAnswered_data();
    void identityProviderUserIsAnswered();

    void rotation_data();
    void rotation();
    void reuseKillsTheFamily();
    void shortLivedStaysShortLived();
    void tokensWorkInTheirOwnPlaceOnly();
    void logoutEndsBothTokens();
    void revokedTokensAreRefused();
    void expiredTokensAreRefused();

    void requestsAreEchoed();
    void streamsAndRedirectsAreAsAsked();
    void goodTokensAreRefusedByCount();

    void repliesVary_data();
    void repliesVary();
    void tokensGrow();
    void clockSkewIsStated();

    void faultsAnswer_data();
    void faultsAnswer();
    void faultCountRunsOut();
    void faultMeetsItsGrantOnly();
    void dropAfterCommitRotates();
    void truncatedAnswerIsShort();
    void resetIsNoOrderlyEnd_data();
    void resetIsNoOrderlyEnd();
    void hangingRequestBlocksNobody();
    void delayedGrantIsDroppedWithItsClient();

    void secretsArePlanted_data();
    void secretsArePlanted();
    void headersArePlanted();
    void errorsArePlanted();
    void certificateNamesArePlanted();

    void newCertificateIsMet();
    void reinstallForgetsAll();
    void outageEndsOnTheSamePort();
    void controlRefusesNonsense_data();
    void controlRefusesNonsense();
    void concurrencyIsCounted();
    void endsCleanlyOnSigterm();

private:
    void start(const QStringList &options = {});
    void stop();
    void readReadyLine();
    void trustCertificate();
    [[nodiscard]] QNetworkRequest requestTo(const QString &path) const;
    [[nodiscard]] QNetworkReply *post(const Fields &fields);
    [[nodiscard]] Answer waited(QNetworkReply *reply);
    [[nodiscard]] Answer token(const Fields &fields);
    [[nodiscard]] Answer get(const QString &path, const QString &bearer);
    [[nodiscard]] Answer control(const QString &path);
    [[nodiscard]] Answer control(const QString &path, const QJsonObject &body);
    void set(const QJsonObject &switches);
    [[nodiscard]] Answer signIn(const Fields &more = {});
    [[nodiscard]] Answer refreshWith(const QString &refreshToken);
    [[nodiscard]] QString ticket();
    [[nodiscard]] Answer answerTicket(const QString &ticket, const QString &code);
    [[nodiscard]] QString currentCode();
    [[nodiscard]] QJsonArray log();

    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<QProcess> m_process;
    QSslConfiguration m_tls;
    QString m_url;
    QString m_control;
};

void TestAppliance::init()
{
    QVERIFY2(qEnvironmentVariableIsSet("LATCHKEY_DEMO_APPLIANCE"), "it names the program to test");
    m_network = std::make_unique<QNetworkAccessManager>();
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    start();
    trustCertificate();
}

void TestAppliance::cleanup()
{
    if (!m_process)
        return;
    // Before all else, so that OpenSSL frees what it holds for the thread before a leak checker
    // looks.
    m_network.reset();
    stop();
}

void TestAppliance::start(const QStringList &options)
{
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const QStringList usual{
        u"--many"_s, u"3"_s, u"--parent"_s, QString::number(QCoreApplication::applicationPid())};
    m_process->start(qEnvironmentVariable("LATCHKEY_DEMO_APPLIANCE"), usual + options);
    QTRY_VERIFY_WITH_TIMEOUT(m_process->canReadLine(), 20'000);
    readReadyLine();
}

void TestAppliance::stop()
{
    m_process->terminate();
    QTRY_COMPARE(m_process->state(), QProcess::NotRunning);
}

void TestAppliance::readReadyLine()
{
    const QJsonObject ready = QJsonDocument::fromJson(m_process->readLine()).object();
    m_url = ready["url"_L1].toString();
    m_control = ready["control"_L1].toString();
    QCOMPARE(ready["pid"_L1].toInteger(), m_process->processId());
    QVERIFY(QUrl(m_url).host() == "127.0.0.1"_L1);
}

void TestAppliance::trustCertificate()
{
    QVERIFY(m_url.startsWith("https://"_L1));
    const Answer answer = control(u"/certificate"_s);
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setCaCertificates({QSslCertificate(answer.text("pem"_L1).toLatin1())});
    // A connection that is still open would go by the old trust.
    m_network->clearConnectionCache();
}

QNetworkRequest TestAppliance::requestTo(const QString &path) const
{
    QNetworkRequest request(QUrl(m_url + path));
    request.setSslConfiguration(m_tls);
    return request;
}

QNetworkReply *TestAppliance::post(const Fields &fields)
{
    QNetworkRequest request = requestTo(u"/api/oauth2/token"_s);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    return m_network->post(request, encoded(fields));
}

Answer TestAppliance::waited(QNetworkReply *reply)
{
    if (!reply->isFinished()) {
        QSignalSpy finished(reply, &QNetworkReply::finished);
        finished.wait(10'000);
    }
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.error = reply->isFinished() ? reply->error() : QNetworkReply::TimeoutError;
    answer.body = reply->readAll();
    answer.json = QJsonDocument::fromJson(answer.body).object();
    for (const auto &[name, value] : reply->rawHeaderPairs())
        answer.headers.insert(name.toLower(), value);
    // Only now, as the event loop of wait() would delete it.
    reply->deleteLater();
    return answer;
}

Answer TestAppliance::token(const Fields &fields)
{
    return waited(post(fields));
}

Answer TestAppliance::get(const QString &path, const QString &bearer)
{
    QNetworkRequest request = requestTo(path);
    request.setRawHeader("Authorization", "Bearer " + bearer.toLatin1());
    return waited(m_network->get(request));
}

Answer TestAppliance::control(const QString &path)
{
    return waited(m_network->get(QNetworkRequest(QUrl(m_control + path))));
}

Answer TestAppliance::control(const QString &path, const QJsonObject &body)
{
    QNetworkRequest request(QUrl(m_control + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    return waited(m_network->post(request, QJsonDocument(body).toJson()));
}

void TestAppliance::set(const QJsonObject &switches)
{
    const Answer answer = control(u"/switches"_s, switches);
    QVERIFY2(answer.status == 200, answer.body.constData());
}

Answer TestAppliance::signIn(const Fields &more)
{
    const Fields fields{{u"grant_type"_s, u"Password"_s}, {u"username"_s, u"operator"_s},
        {u"password"_s, hardPassword}};
    return token(fields + more);
}

Answer TestAppliance::refreshWith(const QString &refreshToken)
{
    return token({{u"grant_type"_s, u"Refresh_token"_s}, {u"refresh_token"_s, refreshToken}});
}

QString TestAppliance::ticket()
{
    return token({{u"username"_s, u"alenka"_s}, {u"password"_s, hardPassword}})
        .text("mfa_token"_L1);
}

Answer TestAppliance::answerTicket(const QString &ticket, const QString &code)
{
    return token({{u"grant_type"_s, u"Mfa"_s}, {u"mfa_token"_s, ticket}, {u"mfa_code"_s, code}});
}

QString TestAppliance::currentCode()
{
    return control(u"/code?user=alenka"_s).text("code"_L1);
}

QJsonArray TestAppliance::log()
{
    return QJsonDocument::fromJson(control(u"/log"_s).body).array();
}

void TestAppliance::totpMatchesRfc6238_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("code");

    // RFC 6238 appendix B, the SHA-1 rows; system_clock ends before the last of them, in 2603.
    QTest::newRow("1970") << qint64{59} << u"94287082"_s;
    QTest::newRow("2005-1") << qint64{1111111109} << u"07081804"_s;
    QTest::newRow("2005-2") << qint64{1111111111} << u"14050471"_s;
    QTest::newRow("2009") << qint64{1234567890} << u"89005924"_s;
    QTest::newRow("2033") << qint64{2000000000} << u"69279037"_s;
}

void TestAppliance::totpMatchesRfc6238()
{
    QFETCH(const qint64, seconds);
    QTEST(totp::code("12345678901234567890", Instant(std::chrono::seconds(seconds)), 8), "code");
}

void TestAppliance::totpTakesNeighbouringStepsOnly()
{
    const QByteArray secret = "12345678901234567890";
    const Instant instant(1234567890s);
    const QString code = totp::code(secret, instant);
    QVERIFY(totp::isCode(code, secret, instant));
    QVERIFY(totp::isCode(code, secret, instant + 30s));
    QVERIFY(totp::isCode(code, secret, instant - 30s));
    QVERIFY(!totp::isCode(code, secret, instant + 60s));
    QVERIFY(!totp::isCode(code, secret, instant - 60s));
}

void TestAppliance::base32IsDecoded_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");

    // RFC 4648 section 10.
    QTest::newRow("padded") << u"MZXW6YQ="_s << QByteArray("foob");
    QTest::newRow("unpadded") << u"MZXW6YTBOI"_s << QByteArray("foobar");
    QTest::newRow("lower case") << u"mzxw6"_s << QByteArray("foo");
}

void TestAppliance::base32IsDecoded()
{
    QFETCH(const QString, text);
    QTEST(totp::fromBase32(text).value_or("nothing"), "bytes");
    QVERIFY(!totp::fromBase32(u"MZ1"_s));
}

void TestAppliance::formIsDecoded_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("value");

    QTest::newRow("as it is") << "x=abc"_ba << u"abc"_s;
    QTest::newRow("every trap") << "x=p%2Ba%20ss%26w%3D%C3%B6%2525"_ba << hardPassword;
    QTest::newRow("plus is space") << "x=a+b"_ba << u"a b"_s;
    QTest::newRow("empty") << "x="_ba << u""_s;
    QTest::newRow("no equals sign") << "x&y=1"_ba << u""_s;
    QTest::newRow("equals in value") << "x=a==&y=1"_ba << u"a=="_s;
    QTest::newRow("name in capitals") << "X=1"_ba << u"1"_s;
}

void TestAppliance::formIsDecoded()
{
    QFETCH(const QByteArray, body);
    QTEST(Form::decode(body).value("x"_L1), "value");
}

void TestAppliance::passwordGrantHasThirteenMembers()
{
    const Answer answer = signIn();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.keys(),
        QStringList({u".expires"_s, u".issued"_s, u"access_token"_s, u"expires_in"_s,
            u"latestNewsShown"_s, u"mfa_enabled"_s, u"refresh_token"_s, u"roleName"_s,
            u"shortLived"_s, u"token_type"_s, u"userId"_s, u"userType"_s, u"username"_s}));
    QCOMPARE(answer.json["expires_in"_L1], 3600);
    QCOMPARE(answer.text("token_type"_L1), u"bearer"_s);
    QCOMPARE(answer.text("roleName"_L1), u"PortalOperator"_s);
    QCOMPARE(answer.headers.value("cache-control"), "no-store");
}

void TestAppliance::tokensCarryTheClaims()
{
    const Answer answer = signIn();
    const QJsonObject head = jwtPart(answer.access(), 0);
    const QJsonObject access = claims(answer.access());
    const QJsonObject refresh = claims(answer.refresh());
    QCOMPARE(head["alg"_L1], u"RS512"_s);
    QCOMPARE(head["kid"_L1].toString().size(), 40);
    QCOMPARE(access["jti"_L1], refresh["jti"_L1]);
    QCOMPARE(access["nameid"_L1], answer.json["userId"_L1]);
    QCOMPARE(access["unique_name"_L1], u"operator"_s);
    QCOMPARE(access["exp"_L1].toInteger() - access["iat"_L1].toInteger(), 3600);
    QCOMPARE(refresh["exp"_L1].toInteger() - refresh["iat"_L1].toInteger(), 1'209'600);
    QVERIFY(access["aud"_L1].toString().startsWith("api/default/"_L1));
    QVERIFY(refresh["aud"_L1].toString().startsWith("auth/refresh/"_L1));
}

void TestAppliance::namesAndGrantsIgnoreCase_data()
{
    QTest::addColumn<QString>("grantName");
    QTest::addColumn<QString>("grant");

    QTest::newRow("title case") << u"grant_type"_s << u"Password"_s;
    QTest::newRow("lower case") << u"grant_type"_s << u"password"_s;
    QTest::newRow("shouted") << u"GRANT_TYPE"_s << u"PASSWORD"_s;
    QTest::newRow("empty") << u"grant_type"_s << u""_s;
    QTest::newRow("missing") << u"something_else"_s << u"x"_s;
}

void TestAppliance::namesAndGrantsIgnoreCase()
{
    QFETCH(const QString, grantName);
    QFETCH(const QString, grant);
    const Answer answer =
        token({{grantName, grant}, {u"Username"_s, u"reader"_s}, {u"PASSWORD"_s, u"reader"_s}});
    QCOMPARE(answer.status, 200);
}

void TestAppliance::hardPasswordArrivesExactly()
{
    QCOMPARE(signIn().status, 200);
    const QJsonObject entry = log().last().toObject();
    QCOMPARE(entry["form"_L1]["password"_L1], hardPassword);
    QCOMPARE(entry["user"_L1], u"operator"_s);
    QCOMPARE(entry["grant"_L1], u"Password"_s);
    QCOMPARE(entry["status"_L1], 200);
}

void TestAppliance::wrongPasswordIsRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("member");

    QTest::newRow("400") << 400 << u"errors"_s;
    QTest::newRow("401") << 401 << u"detail"_s;
}

void TestAppliance::wrongPasswordIsRefused()
{
    QFETCH(const int, status);
    QFETCH(const QString, member);
    set({{u"refusalStatus"_s, status}});
    const Answer answer = token({{u"username"_s, u"operator"_s}, {u"password"_s, u"wrong"_s}});
    QCOMPARE(answer.status, status);
    QVERIFY(answer.headers.value("content-type").startsWith("application/problem+json"));
    QVERIFY(answer.json.contains(member));
    QVERIFY(answer.json.contains("traceId"_L1));
}

void TestAppliance::otherContentTypesAre415()
{
    QNetworkRequest request = requestTo(u"/api/oauth2/token"_s);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    QCOMPARE(waited(m_network->post(request, "{}"_ba)).status, 415);
}

void TestAppliance::datesHaveSevenDigitsAndFourMilliseconds()
{
    const Answer answer = signIn();
    const QString issued = answer.text(".issued"_L1);
    static const QRegularExpression shape(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z$"_s);
    QVERIFY2(shape.match(issued).hasMatch(), qPrintable(issued));
    const auto start = QDateTime::fromString(issued.left(23) + 'Z'_L1, Qt::ISODateWithMs);
    const auto end =
        QDateTime::fromString(answer.text(".expires"_L1).left(23) + 'Z'_L1, Qt::ISODateWithMs);
    QCOMPARE(start.msecsTo(end), 3'600'000 - 4);
}

void TestAppliance::secondFactorGivesATicketFirst()
{
    const Answer answer = token({{u"username"_s, u"alenka"_s}, {u"password"_s, hardPassword}});
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.json.contains("access_token"_L1));
    QVERIFY(!answer.json.contains("refresh_token"_L1));
    QCOMPARE(answer.json["mfa_enabled"_L1], true);
    QCOMPARE(answer.json["expires_in"_L1], 0);
    QCOMPARE(answer.text(".issued"_L1), u"0001-01-01T00:00:00Z"_s);
    QCOMPARE(answer.text(".expires"_L1), u"0001-01-01T00:00:00Z"_s);
    const QByteArray inner = QByteArray::fromBase64(answer.text("mfa_token"_L1).toLatin1());
    QCOMPARE(inner.size(), 64);
    QCOMPARE(QByteArray::fromHex(inner).toHex().toUpper(), inner);
}

void TestAppliance::codeIsGrantedOnce()
{
    const QString given = ticket();
    QCOMPARE(answerTicket(given, u"12345x"_s).status, 401);
    const Answer granted = answerTicket(given, currentCode());
    QCOMPARE(granted.status, 200);
    QVERIFY(!granted.access().isEmpty());
    QCOMPARE(granted.json["mfa_enabled"_L1], false);
    QCOMPARE(answerTicket(given, currentCode()).status, 401);
}

void TestAppliance::scratchCodeWorksOnce()
{
    QCOMPARE(answerTicket(ticket(), u"11112222"_s).status, 200);
    QCOMPARE(answerTicket(ticket(), u"11112222"_s).status, 401);
    QCOMPARE(answerTicket(ticket(), u"22223333"_s).status, 200);
}

void TestAppliance::ticketDiesOfWrongCodes()
{
    set({{u"ticketTries"_s, 2}, {u"refusalStatus"_s, 400}});
    const QString given = ticket();
    QVERIFY(answerTicket(given, u"wrong"_s).json["errors"_L1].toObject().contains("mfa_code"_L1));
    QVERIFY(answerTicket(given, u"wrong"_s).json["errors"_L1].toObject().contains("mfa_code"_L1));
    QVERIFY(
        answerTicket(given, currentCode()).json["errors"_L1].toObject().contains("mfa_token"_L1));
}

void TestAppliance::ticketDiesOfAge()
{
    set({{u"ticketLife"_s, 0}});
    QCOMPARE(answerTicket(ticket(), currentCode()).status, 401);
}

void TestAppliance::identityProviderUserIsAnswered_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<int>("status");

    QTest::newRow("400") << u"400"_s << 400;
    QTest::newRow("401") << u"401"_s << 401;
    QTest::newRow("redirect") << u"redirect"_s << 200;
}

void TestAppliance::identityProviderUserIsAnswered()
{
    QFETCH(const QString, how);
    QFETCH(const int, status);
    set({{u"idpUser"_s, how}});
    const Answer answer = token({{u"username"_s, u"sso"_s}, {u"password"_s, u"x"_s}});
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.json.contains("redirectTo"_L1), status == 200);
}

void TestAppliance::rotation_data()
{
    QTest::addColumn<bool>("givesNewOne");
    QTest::addColumn<int>("statusOfReuse");

    QTest::newRow("strict") << true << 401;
    QTest::newRow("lenient") << true << 200;
    QTest::newRow("keep") << false << 200;
}

void TestAppliance::rotation()
{
    QFETCH(const bool, givesNewOne);
    QFETCH(const int, statusOfReuse);
    set({{u"rotation"_s, QString::fromLatin1(QTest::currentDataTag())}});
    const QString first = signIn().refresh();
    const Answer second = refreshWith(first);
    QCOMPARE(second.status, 200);
    QVERIFY(!second.access().isEmpty());
    QCOMPARE(!second.refresh().isEmpty(), givesNewOne);
    QCOMPARE(refreshWith(first).status, statusOfReuse);
    if (givesNewOne)
        QCOMPARE(refreshWith(second.refresh()).status, 200);
}

void TestAppliance::reuseKillsTheFamily()
{
    set({{u"killFamilyOnReuse"_s, true}});
    const QString first = signIn().refresh();
    const Answer other = signIn();
    const Answer second = refreshWith(first);
    QCOMPARE(refreshWith(first).status, 401);
    QCOMPARE(refreshWith(second.refresh()).status, 401);
    QCOMPARE(get(aTime, second.access()).status, 401);
    QCOMPARE(refreshWith(other.refresh()).status, 200);
}

void TestAppliance::shortLivedStaysShortLived()
{
    const Answer first = signIn({{u"short_lived_refresh_token"_s, u"true"_s}});
    QCOMPARE(first.json["shortLived"_L1], true);
    const Answer second = refreshWith(first.refresh());
    QCOMPARE(second.json["shortLived"_L1], true);
    const QJsonObject refresh = claims(second.refresh());
    QCOMPARE(refresh["exp"_L1].toInteger() - refresh["iat"_L1].toInteger(), 900);
}

void TestAppliance::tokensWorkInTheirOwnPlaceOnly()
{
    const Answer answer = signIn();
    QCOMPARE(get(aTime, answer.access()).status, 200);
    QCOMPARE(get(u"/api/v5/system/time"_s, answer.access()).status, 404);
    QCOMPARE(get(aTime, answer.refresh()).status, 401);
    QCOMPARE(get(aTime, u"forged"_s).status, 401);
    QCOMPARE(get(u"/api/v7/system/serviceIsUp"_s, {}).status, 200);
    QCOMPARE(refreshWith(answer.access()).status, 401);
    QCOMPARE(refreshWith(answer.refresh()).status, 200);
}

void TestAppliance::logoutEndsBothTokens()
{
    const Answer answer = signIn();
    QNetworkRequest request = requestTo(u"/api/oauth2/token?api-version=8.1"_s);
    QCOMPARE(waited(m_network->deleteResource(request)).status, 401);
    request.setRawHeader("Authorization", "Bearer " + answer.access().toLatin1());
    QCOMPARE(waited(m_network->deleteResource(request)).status, 204);
    QCOMPARE(get(aTime, answer.access()).status, 401);
    QCOMPARE(refreshWith(answer.refresh()).status, 401);
}

void TestAppliance::revokedTokensAreRefused()
{
    const Answer answer = signIn();
    const Answer other = token({{u"username"_s, u"u0003"_s}, {u"password"_s, u"pw"_s}});
    QCOMPARE(control(u"/revoke"_s, {{u"user"_s, u"operator"_s}}).json["revoked"_L1], 1);
    QCOMPARE(refreshWith(answer.refresh()).status, 401);
    QCOMPARE(get(aTime, answer.access()).status, 200);
    QCOMPARE(refreshWith(other.refresh()).status, 200);
    QCOMPARE(control(u"/revoke"_s, {{u"accessTokens"_s, true}}).status, 200);
    QCOMPARE(get(aTime, answer.access()).status, 401);
}

void TestAppliance::requestsAreEchoed()
{
    const Answer answer = get(u"/api/v8.1/demo/echo?a=b"_s, signIn().access());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json["method"_L1], "GET"_L1);
    QCOMPARE(answer.json["query"_L1]["a"_L1], "b"_L1);
    QVERIFY(!answer.json["headers"_L1]["authorization"_L1].toString().isEmpty());
    QCOMPARE(get(u"/api/v8.1/demo/echo"_s, {}).status, 401);
    QCOMPARE(control(u"/state"_s).json["resourceRequests"_L1], 2);
}

void TestAppliance::streamsAndRedirectsAreAsAsked()
{
    const QString access = signIn().access();
    QCOMPARE(get(u"/api/v8.1/demo/stream?bytes=300000"_s, access).body.size(), 300000);
    const Answer answer = get(u"/api/v8.1/demo/redirect?to=/x"_s, access);
    QCOMPARE(answer.status, 302);
    QCOMPARE(answer.headers.value("location"), "/x"_ba);
}

void TestAppliance::goodTokensAreRefusedByCount()
{
    const QString access = signIn().access();
    set({{u"refuseAccess"_s, 1}});
    QCOMPARE(get(aTime, access).status, 401);
    QCOMPARE(get(aTime, access).status, 200);
}

void TestAppliance::expiredTokensAreRefused()
{
    set({{u"accessLife"_s, 0}, {u"refreshLife"_s, 0}});
    const Answer answer = signIn();
    const Answer check = control(u"/check"_s, {{u"token"_s, answer.access()}});
    QCOMPARE(check.json["accepted"_L1], false);
    QCOMPARE(check.text("reason"_L1), u"The token has expired."_s);
    QCOMPARE(refreshWith(answer.refresh()).status, 401);
}

void TestAppliance::repliesVary_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("stated");

    const QJsonValue absent(QJsonValue::Undefined);
    QTest::newRow("nulls") << u"nulls"_s << QJsonValue(u"explicit"_s) << u"mfa_token"_s
                           << QJsonValue(QJsonValue::Null);
    QTest::newRow("no nulls") << u"nulls"_s << QJsonValue(u"omit"_s) << u"mfa_token"_s << absent;
    QTest::newRow("type") << u"tokenType"_s << QJsonValue(u"Bearer"_s) << u"token_type"_s
                          << QJsonValue(u"Bearer"_s);
    QTest::newRow("string") << u"expiresIn"_s << QJsonValue(u"string"_s) << u"expires_in"_s
                            << QJsonValue(u"3600"_s);
    QTest::newRow("missing") << u"expiresIn"_s << QJsonValue(u"missing"_s) << u"expires_in"_s
                             << absent;
    QTest::newRow("zero") << u"expiresIn"_s << QJsonValue(0) << u"expires_in"_s << QJsonValue(0);
    QTest::newRow("life") << u"accessLife"_s << QJsonValue(7) << u"expires_in"_s << QJsonValue(7);
    QTest::newRow("extra") << u"extraFields"_s << QJsonValue(true) << u"scope"_s
                           << QJsonValue(u"everything"_s);
}

void TestAppliance::repliesVary()
{
    QFETCH(const QString, name);
    QFETCH(const QJsonValue, value);
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, stated);
    set({{name, value}});
    QCOMPARE(signIn().json.value(member), stated);
}

void TestAppliance::tokensGrow()
{
    set({{u"tokenSize"_s, 8192}});
    const QString big = signIn().access();
    QVERIFY(big.size() >= 8192 && big.size() < 8300);
    QCOMPARE(claims(big)["unique_name"_L1], u"operator"_s);
    set({{u"claims"_s, u"opaque"_s}});
    const Answer opaque = signIn();
    QVERIFY(!opaque.access().contains('.'_L1));
    QCOMPARE(get(aTime, opaque.access()).status, 200);
}

void TestAppliance::clockSkewIsStated()
{
    set({{u"clockSkew"_s, -7200}});
    const Answer answer = signIn();
    const qint64 twoHoursAgo = QDateTime::currentSecsSinceEpoch() - 7200;
    const qint64 issued = claims(answer.access())["iat"_L1].toInteger();
    QVERIFY(qAbs(issued - twoHoursAgo) < 30);
    const QString date =
        QString::fromLatin1(answer.headers.value("date")).replace("GMT"_L1, "+0000"_L1);
    QVERIFY(
        qAbs(QDateTime::fromString(date, Qt::RFC2822Date).toSecsSinceEpoch() - twoHoursAgo) < 30);
    QCOMPARE(get(aTime, answer.access()).status, 200);
}

void TestAppliance::faultsAnswer_data()
{
    QTest::addColumn<QJsonObject>("switches");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");

    const auto fault = [](const QString &what) {
        return QJsonObject{{u"fault"_s, what}};
    };
    const QByteArray type = "content-type";
    QTest::newRow("problem") << fault(u"status:500"_s) << 500 << type
                             << "application/problem+json; charset=utf-8"_ba;
    QTest::newRow("html") << QJsonObject{{u"fault"_s, u"status:502"_s}, {u"faultBody"_s, u"html"_s}}
                          << 502 << type << "text/html"_ba;
    QTest::newRow("retry after") << QJsonObject{{u"fault"_s, u"status:429"_s},
        {u"retryAfter"_s, u"Sun, 06 Nov 2033"_s}}
                                 << 429 << "retry-after"_ba
                                 << "Sun, 06 Nov 2033"_ba;
    QTest::newRow("portal") << fault(u"captivePortal"_s) << 200 << type << "text/html"_ba;
    QTest::newRow("redirect") << fault(u"redirect:https://a.example/b?c=1"_s) << 302
                              << "location"_ba
                              << "https://a.example/b?c=1"_ba;
    QTest::newRow("licence") << fault(u"licence"_s) << 403 << type
                             << "application/problem+json; charset=utf-8"_ba;
    QTest::newRow("deep") << fault(u"deepJson:1000"_s) << 200 << "content-length"_ba
                          << "2017"_ba;
    QTest::newRow("huge") << fault(u"huge:3000000"_s) << 200 << "content-length"_ba
                          << "3000000"_ba;
    QTest::newRow("garbage") << QJsonObject{{u"fault"_s, u"status:200"_s},
        {u"faultBody"_s, u"garbage"_s}}
                             << 200 << type << "application/json; charset=utf-8"_ba;
    QTest::newRow("any body") << QJsonObject{{u"fault"_s, u"status:401"_s},
        {u"faultBody"_s, u"text:{\"a:b\": []}"_s}, {u"faultType"_s, u"application/json"_s}}
                              << 401 << "content-length"_ba
                              << "11"_ba;
    QTest::newRow("any type") << QJsonObject{{u"fault"_s, u"status:401"_s},
        {u"faultType"_s, u"text/html"_s}}
                              << 401 << type << "text/html"_ba;
    QTest::newRow("any header") << QJsonObject{{u"fault"_s, u"status:308"_s},
        {u"faultHeader"_s, u"Location: https://a.example/b?c=1"_s}}
                                << 308 << "location"_ba
                                << "https://a.example/b?c=1"_ba;
    QTest::newRow("no http") << fault(u"notHttp"_s) << 0 << type << ""_ba;
    QTest::newRow("reset") << fault(u"reset"_s) << 0 << type << ""_ba;
    QTest::newRow("silent end") << fault(u"closeBeforeReply"_s) << 0 << type << ""_ba;
    QTest::newRow("alert") << fault(u"tlsAlert"_s) << 0 << type << ""_ba;
}

void TestAppliance::faultsAnswer()
{
    QFETCH(const QJsonObject, switches);
    QFETCH(const int, status);
    QFETCH(const QByteArray, header);
    set(switches);
    const Answer answer = signIn();
    QCOMPARE(answer.status, status);
    QTEST(answer.headers.value(header), "value");
    if (status == 200 && header == "content-length")
        QCOMPARE(QByteArray::number(answer.body.size()), answer.headers.value(header));
    set({{u"fault"_s, u"none"_s}});
    QCOMPARE(signIn().status, 200);
}

void TestAppliance::faultCountRunsOut()
{
    set({{u"fault"_s, u"status:503"_s}, {u"faultCount"_s, 2}});
    QCOMPARE(signIn().status, 503);
    QCOMPARE(signIn().status, 503);
    QCOMPARE(signIn().status, 200);
}

void TestAppliance::faultMeetsItsGrantOnly()
{
    set({{u"fault"_s, u"status:503"_s}, {u"faultGrant"_s, u"Refresh_token"_s}});
    const Answer answer = signIn();
    QCOMPARE(answer.status, 200);
    QCOMPARE(refreshWith(answer.refresh()).status, 503);
}

void TestAppliance::dropAfterCommitRotates()
{
    const QString refresh = signIn().refresh();
    set({{u"fault"_s, u"dropAfterCommit"_s}});
    const Answer dropped = refreshWith(refresh);
    QCOMPARE(dropped.status, 0);
    QVERIFY(dropped.error != QNetworkReply::NoError);
    set({{u"fault"_s, u"none"_s}});
    QCOMPARE(refreshWith(refresh).status, 401);
}

void TestAppliance::truncatedAnswerIsShort()
{
    set({{u"fault"_s, u"truncate"_s}});
    const Answer answer = signIn();
    QCOMPARE(answer.error, QNetworkReply::RemoteHostClosedError);
    QVERIFY(answer.body.size() < answer.headers.value("content-length").toInt());
}

void TestAppliance::resetIsNoOrderlyEnd_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("error");

    QTest::newRow("reset") << u"reset"_s << ECONNRESET;
    QTest::newRow("end") << u"closeBeforeReply"_s << 0;
}

// Qt's sockets make no difference between the two. The system does, where there is no TLS.
void TestAppliance::resetIsNoOrderlyEnd()
{
    QFETCH(const QString, fault);
    QFETCH(const int, error);
    stop();
    start({u"--http"_s});
    set({{u"fault"_s, fault}});
    const RawConnection raw(quint16(QUrl(m_url).port()));
    QVERIFY(raw.send("POST /api/oauth2/token HTTP/1.1\r\nContent-Length: 0\r\n\r\n"));
    QSignalSpy readable(raw.notifier(), &QSocketNotifier::activated);
    QVERIFY(readable.wait(10'000));
    QCOMPARE(raw.errorOfRead(), error);
}

void TestAppliance::hangingRequestBlocksNobody()
{
    set({{u"fault"_s, u"hang"_s}, {u"faultCount"_s, 1}});
    QNetworkReply *hanging = post({{u"username"_s, u"reader"_s}, {u"password"_s, u"reader"_s}});
    QTRY_COMPARE(log().last()["fault"_L1], u"hang"_s);
    QCOMPARE(signIn().status, 200);
    QVERIFY(!hanging->isFinished());
    hanging->abort();
    QTRY_COMPARE(log().first()["isEnded"_L1], true);
    hanging->deleteLater();
}

void TestAppliance::delayedGrantIsDroppedWithItsClient()
{
    const QString refresh = signIn().refresh();
    set({{u"delayMs"_s, 2000}});
    QNetworkReply *slow =
        post({{u"grant_type"_s, u"refresh_token"_s}, {u"refresh_token"_s, refresh}});
    QTRY_COMPARE(log().size(), 2);
    slow->abort();
    slow->deleteLater();
    QTRY_COMPARE(log().last()["isEnded"_L1], true);
    // This was asked later, so once it is answered, the other one's time has come as well.
    QCOMPARE(signIn().status, 200);
    set({{u"delayMs"_s, 0}});
    QCOMPARE(refreshWith(refresh).status, 200);
}

void TestAppliance::secretsArePlanted_data()
{
    QTest::addColumn<QString>("placeholder");
    QTest::addColumn<QString>("expected");

    QTest::newRow("none") << u"just words {nothing}"_s << u"just words {nothing}"_s;
    QTest::newRow("no such way") << u"{password:rot13}"_s << u"{password:rot13}"_s;
    QTest::newRow("password") << u"not '{password}'!"_s << u"not 'p+a ss&w=ö%25'!"_s;
    QTest::newRow("capitals") << u"{password:upper}"_s << u"P+A SS&W=Ö%25"_s;
    QTest::newRow("Base64") << u"{password:base64}"_s << u"cCthIHNzJnc9w7YlMjU="_s;
    QTest::newRow("Base64, 1 on") << u"{password:base64-1}"_s << u"PHArYSBzcyZ3PcO2JTI1"_s;
    QTest::newRow("Base64, 2 on") << u"{password:base64-2}"_s << u"PDxwK2Egc3Mmdz3DtiUyNQ=="_s;
    QTest::newRow("Base64 for URLs") << u"{password:base64url}"_s << u"cCthIHNzJnc9w7YlMjU"_s;
    QTest::newRow("percent") << u"{password:percent}"_s << u"p%2Ba%20ss%26w%3D%C3%B6%2525"_s;
    QTest::newRow("form") << u"{password:form}"_s << u"p%2Ba+ss%26w%3D%C3%B6%2525"_s;
    QTest::newRow("hex") << u"{password:hex}"_s << u"702b6120737326773dc3b6253235"_s;
    QTest::newRow("HTML") << u"{password:html}"_s << u"p+a ss&amp;w=ö%25"_s;
    QTest::newRow("two") << u"{password:hex}{password:lower}"_s
                         << u"702b6120737326773dc3b6253235p+a ss&w=ö%25"_s;
    QTest::newRow("none yet") << u"{code}"_s << u"{code}"_s;
}

void TestAppliance::secretsArePlanted()
{
    QFETCH(const QString, placeholder);
    const QJsonObject places{{u"roleName"_s, placeholder}, {u"whatever"_s, u"{access}{refresh}"_s}};
    set({{u"plant"_s, QString::fromUtf8(QJsonDocument(places).toJson())}});
    const Answer answer = signIn();
    QTEST(answer.text("roleName"_L1), "expected");
    QCOMPARE(answer.text("whatever"_L1), answer.access() + answer.refresh());
}

void TestAppliance::headersArePlanted()
{
    set({{u"plant"_s,
        uR"({"Server:": "{ticket:hex}", "date:": "{password:hex}", "Content-Type:": "a/{code}"})"_s}});
    const QString given = ticket();
    const Answer answer = answerTicket(given, u"000000"_s);
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.headers.value("server"), given.toLatin1().toHex());
    QCOMPARE(answer.headers.value("date"), hardPassword.toUtf8().toHex());
    QCOMPARE(answer.headers.value("content-type"), "a/000000"_ba);
}

void TestAppliance::errorsArePlanted()
{
    set({{u"fault"_s, u"status:503"_s},
        {u"plant"_s, uR"({"errors": "{password:json}", "detail": "{password:entities}"})"_s}});
    const Answer answer = token({{u"username"_s, u"operator"_s}, {u"password"_s, u"no"_s}});
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.text("detail"_L1), u"&#x6e;&#x6f;"_s);
    const QJsonObject errors{{u"\\u006e\\u006f"_s, QJsonArray{u"\\u006e\\u006f"_s}}};
    QCOMPARE(answer.json.value("errors"_L1), errors);
}

void TestAppliance::certificateNamesArePlanted()
{
    QCOMPARE(signIn().status, 200);
    const QJsonObject name{{u"name"_s, u"{password:lower} "_s + QString(70, 'x'_L1)}};
    const Answer answer = control(u"/new-certificate"_s, name);
    const QSslCertificate made(answer.text("pem"_L1).toLatin1());
    const QStringList expected{hardPassword + ' '_L1 + QString(70, 'x'_L1)};
    QCOMPARE(made.subjectInfo(QSslCertificate::CommonName), expected);
    QCOMPARE(made.issuerInfo(QSslCertificate::CommonName), expected);
}

void TestAppliance::newCertificateIsMet()
{
    QCOMPARE(signIn().status, 200);
    const QString before = control(u"/certificate"_s).text("sha256"_L1);
    QVERIFY(control(u"/new-certificate"_s, {}).text("sha256"_L1) != before);
    QCOMPARE(signIn().error, QNetworkReply::SslHandshakeFailedError);
    trustCertificate();
    QCOMPARE(signIn().status, 200);
}

void TestAppliance::reinstallForgetsAll()
{
    const Answer before = signIn();
    QCOMPARE(control(u"/reinstall"_s, {}).status, 200);
    QCOMPARE(refreshWith(before.refresh()).status, 401);
    const Answer after = signIn();
    QVERIFY(jwtPart(after.access(), 0)["kid"_L1] != jwtPart(before.access(), 0)["kid"_L1]);
    QVERIFY(claims(after.access())["aud"_L1] != claims(before.access())["aud"_L1]);
    QCOMPARE(after.json["userId"_L1], before.json["userId"_L1]);
}

void TestAppliance::outageEndsOnTheSamePort()
{
    QCOMPARE(signIn().status, 200);
    QCOMPARE(control(u"/outage"_s, {{u"on"_s, true}}).status, 200);
    QCOMPARE(signIn().error, QNetworkReply::ConnectionRefusedError);
    QCOMPARE(control(u"/outage"_s, {{u"on"_s, false}}).status, 200);
    QCOMPARE(signIn().status, 200);
}

void TestAppliance::controlRefusesNonsense_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("named");

    QTest::newRow("switch") << u"/switches"_s << QJsonObject{{u"rotations"_s, u"strict"_s}} << 400
                            << u"rotations"_s;
    QTest::newRow("choice") << u"/switches"_s << QJsonObject{{u"rotation"_s, u"loose"_s}} << 400
                            << u"strict|lenient|keep"_s;
    QTest::newRow("all or none") << u"/switches"_s
                                 << QJsonObject{{u"accessLife"_s, 1}, {u"rotation"_s, u"loose"_s}}
                                 << 400 << u"rotation"_s;
    QTest::newRow("sign") << u"/switches"_s << QJsonObject{{u"accessLife"_s, -1}} << 400
                          << u"accessLife"_s;
    QTest::newRow("fraction") << u"/switches"_s << QJsonObject{{u"accessLife"_s, 1.5}} << 400
                              << u"accessLife"_s;
    QTest::newRow("fault") << u"/switches"_s << QJsonObject{{u"fault"_s, u"status:many"_s}} << 400
                           << u"status:COUNT"_s;
    QTest::newRow("outage") << u"/outage"_s << QJsonObject{{u"on"_s, u"yes"_s}} << 400
                            << u"outage"_s;
    QTest::newRow("user") << u"/revoke"_s << QJsonObject{{u"user"_s, u"nobody"_s}} << 404
                          << u"nobody"_s;
    QTest::newRow("door") << u"/back"_s << QJsonObject() << 404 << u"POST /back"_s;
}

void TestAppliance::controlRefusesNonsense()
{
    QFETCH(const QString, path);
    QFETCH(const QJsonObject, body);
    QFETCH(const QString, named);
    const QJsonObject before = control(u"/state"_s).json["switches"_L1].toObject();
    const Answer answer = control(path, body);
    QTEST(answer.status, "status");
    QVERIFY2(answer.text("error"_L1).contains(named), answer.body.constData());
    QCOMPARE(control(u"/state"_s).json["switches"_L1].toObject(), before);
}

void TestAppliance::concurrencyIsCounted()
{
    const Fields fields{{u"username"_s, u"u0001"_s}, {u"password"_s, u"pw"_s}};
    QCOMPARE(token(fields).status, 200);
    set({{u"fault"_s, u"hang"_s}});
    QNetworkReply *first = post(fields);
    QNetworkReply *second = post(fields);
    QTRY_COMPARE(control(u"/state"_s).json["inFlight"_L1]["u0001"_L1], 2);
    for (QNetworkReply *reply : {first, second}) {
        reply->abort();
        reply->deleteLater();
    }
    QTRY_COMPARE(control(u"/state"_s).json["inFlight"_L1]["u0001"_L1], 0);
    const QJsonObject state = control(u"/state"_s).json;
    QCOMPARE(state["maxConcurrent"_L1]["u0001"_L1], 2);
    QCOMPARE(state["requestsByGrant"_L1]["Password"_L1], 3);
    QCOMPARE(state["credentialBytes"_L1], 6);
    QCOMPARE(state["sessions"_L1], 1);
}

void TestAppliance::endsCleanlyOnSigterm()
{
    QSignalSpy finished(m_process.get(), &QProcess::finished);
    m_process->terminate();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestAppliance)
#include "tst_appliance.moc"
