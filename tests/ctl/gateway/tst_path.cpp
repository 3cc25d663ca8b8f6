// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/gateway/path.h"

#include "ctl/gateway/refused.h"

#include <QTest>

using namespace latchkey::ctl;

class TestPath final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isDecodedAndCut_data();
    void isDecodedAndCut();
    void whatServersReadDifferentlyIsRefused_data();
    void whatServersReadDifferentlyIsRefused();
    void tokenEndpointIsKnownInEverySpelling_data();
    void tokenEndpointIsKnownInEverySpelling();
};

void TestPath::isDecodedAndCut_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("segments");
    const auto row = [](const char *target, const char *segments) {
        QTest::newRow(target) << QByteArray(target) << QByteArray(segments);
    };
    row("/", "[]");
    row("/api/v8/jobs", "[api][v8][jobs]");
    row("/api/", "[api][]");
    row("/api//jobs", "[api][][jobs]");
    row("/api/a%20b?x=%2e%2e/../", "[api][a b]");
    row("/%61pi", "[api]");
    row("/file.tar.gz", "[file.tar.gz]");
    row("/...", "[...]");
    row("/100%25", "[100%]");
    row("/%C3%B6", "[\xc3\xb6]");
}

void TestPath::isDecodedAndCut()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, segments);
    QByteArray told;
    for (const std::string &segment : decodedPath(target.toStdString()).segments)
        told += '[' + QByteArray::fromStdString(segment) + ']';
    QCOMPARE(told, segments);
}

void TestPath::whatServersReadDifferentlyIsRefused_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target :
        {"", "api", "*", "http://evil/", "/../x", "/a/..", "/.", "/a/./b", "/a/%2e%2e/b",
            "/a/%2E./b", "/a/.%2e", "/a/%252e%252e/b", "/a/%25252e%25252e", "/a%2fb", "/a%2Fb",
            "/a%252fb", "/a\\b", "/a%5cb", "/a%5Cb", "/a%255cb", "/a%00b", "/a%2500b", "/a%0d%0ab",
            "/a%7fb", "/..;x/b", "/%2e%2e;x/b", "/a%3b/..%3bx", "/a b", "/a\tb", "/a#b",
            "/\xc3\xb6", "/100%", "/%zz", "/%1", "/%256F", "/%2574oken", "/a/100%2541", "/%2525"})
        QTest::newRow(target) << QByteArray(target);
}

void TestPath::whatServersReadDifferentlyIsRefused()
{
    QFETCH(const QByteArray, target);
    try {
        static_cast<void>(decodedPath(target.toStdString()));
        QFAIL("It was let through");
    } catch (const Refused &refused) {
        QCOMPARE(refused.status(), 400U);
    }
}

void TestPath::tokenEndpointIsKnownInEverySpelling_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("isToken");
    const auto row = [](const char *target, bool isToken) {
        QTest::newRow(target) << QByteArray(target) << isToken;
    };
    row("/api/oauth2/token", true);
    row("/oauth2/token", true);
    row("/api/oauth2/token?api-version=8.1", true);
    row("/api/oauth2/token/", true);
    row("/api/oauth2//token", true);
    row("/api/OAuth2/Token", true);
    row("/api/%6fauth2/t%6Fken", true);
    row("/api/oauth2;x/token;y=1", true);
    row("/api/v1/logout", true);
    row("/api/v1/Logout/", true);
    row("/api/v1/token", true);
    row("/token", true);
    row("/api/v1/token/authorizationCode", true);
    row("/v8/%54oken/AuthCode", true);
    row("/v7/token/logout", true);
    row("/api/oauth2/token/info", true);
    row("/api/oauth2/tokens", true);
    row("/api/oauth2/authorize", true);
    row("/api/oauth2//;/x", true);
    row("/api/v1/identityProvider/token", true);
    row("/api/revoke", true);
    row("/api/Revoke;x/y", true);
    row("/api/logout/", true);
    row("/api/token%20", true);
    row("/api/token./x", true);
    row("/api/oauth2", false);
    row("/api/tokens", false);
    row("/api/v1/jobs?token", false);
    row("/", false);
}

void TestPath::tokenEndpointIsKnownInEverySpelling()
{
    QFETCH(const QByteArray, target);
    QFETCH(const bool, isToken);
    QCOMPARE(isTokenEndpoint(decodedPath(target.toStdString())), isToken);
}

QTEST_GUILESS_MAIN(TestPath)
#include "tst_path.moc"
