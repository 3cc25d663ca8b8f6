// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/path.h"

#include "client/failure.h"
#include "gateway/rules/httperror.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace latchkey::ctl;
using namespace Qt::StringLiterals;

class TestPath final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isDecodedAndCut_data();
    void isDecodedAndCut();
    void whatServersReadDifferentlyIsRefused_data();
    void whatServersReadDifferentlyIsRefused();
    void noCharacterIsTakenForAnother();
    void tokenEndpointIsKnownInEverySpelling_data();
    void tokenEndpointIsKnownInEverySpelling();
    void tokenPathsOfAHandOutAreShut_data();
    void tokenPathsOfAHandOutAreShut();
    void tokenPathsOfEachKindAreShut_data();
    void tokenPathsOfEachKindAreShut();
    void handOutWithoutTokenPathsIsRefused();
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
    row("/a..b/.hidden/..x", "[a..b][.hidden][..x]");
    row("/100%25", "[100%]");
    row("/%C3%B6", "[\xc3\xb6]");
    row("/%E6%9D%B1%E4%BA%AC%20%F0%9F%98%80", "[\xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x98\x80]");
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
            "/\xc3\xb6", "/100%", "/%zz", "/%1", "/%256F", "/%2574oken", "/a/100%2541", "/%2525",
            // blanks and dots at the end, which some servers drop
            "/a/..%20", "/a/.%20/b", "/a/%20..", "/a/%20.%20", "/a/..%20;x/b", "/...", "/a/....",
            "/a/.%20.", "/a/%20..%20.;y",
            // characters that some servers take for the start of the query
            "/a/..%3fx", "/a/..%23", "/a/.%3F/b",
            // invalid UTF-8, or longer forms than necessary
            "/a/%c0%ae%c0%ae/b", "/a/%c0%2e/b", "/a%c0%afb", "/a/%e0%80%ae", "/a/%f0%80%80%ae",
            "/a%c1%9cb", "/%ae%ae", "/%ff", "/%c3", "/%e2%80", "/%ed%a0%80", "/%f4%90%80%80",
            "/%f8%80%80%80%ae", "/%c3%c3",
            // full-width dots, a dot leader, an ideographic stop, slashes of all kinds
            "/a/%ef%bc%8e%ef%bc%8e/b", "/a/.%e2%80%a4", "/a/%e2%80%a5", "/a/%e3%80%82.",
            "/a%ef%bc%8fb", "/a%e2%81%84b", "/a%e2%88%95b", "/a%ef%bc%bcb", "/a%ef%b9%a8b",
            "/%ef%bc%852e%ef%bc%852e", "/..%ef%bc%9bx", "/..%cd%be",
            // blanks and invisible characters
            "/a/..%c2%a0", "/a/..%e2%80%8b", "/a/.%c2%ad.", "/a/%ef%bb%bf..", "/a/..%cd%8f"})
        QTest::newRow(target) << QByteArray(target);
}

void TestPath::whatServersReadDifferentlyIsRefused()
{
    QFETCH(const QByteArray, target);
    try {
        static_cast<void>(decodedPath(target.toStdString()));
        QFAIL("It was let through");
    } catch (const HttpError &refused) {
        QCOMPARE(refused.status(), 400U);
    }
}

namespace {

bool isLetThrough(char32_t character)
{
    // Not the character alone: Qt would drop a lone byte order mark.
    const char32_t text[] = {U'a', character};
    const QByteArray target = QString::fromUcs4(text, 2).toUtf8().toPercentEncoding();
    try {
        static_cast<void>(decodedPath("/" + target.toStdString()));
        return true;
    } catch (const HttpError &) {
        return false;
    }
}

//! The characters of dots, slashes, blanks and token endpoints' names.
bool isSpecial(QChar c)
{
    return QStringView(u"./\\%;?# tokenlgurvah2").contains(c);
}

} // namespace

//! Compares with Qt's Unicode data, as a server would that normalises its input.
void TestPath::noCharacterIsTakenForAnother()
{
    QStringList through;
    for (char32_t character = 0x80; character <= 0x10ffff; ++character) {
        if (character >= 0xd800 && character <= 0xdfff)
            continue;
        const QString folded = QString::fromUcs4(&character, 1)
                                   .normalized(QString::NormalizationForm_KC)
                                   .toCaseFolded();
        const bool isAnother = std::all_of(folded.begin(), folded.end(), isSpecial);
        if ((isAnother || QChar::isSpace(character)) && isLetThrough(character))
            through += QString::number(character, 16);
    }
    QCOMPARE(through.join(u' '), QString());
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
    row("/api/%20token", true);
    row("/api/token%3Fx", true);
    row("/api/oauth2%23/x", true);
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

void TestPath::tokenPathsOfAHandOutAreShut_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("isShut");
    const auto row = [](const char *target, bool isShut) {
        QTest::newRow(target) << QByteArray(target) << isShut;
    };
    row("/v1/sesame", true);
    row("/v99/sesame", true);
    row("//v1//sesame", true);
    row("/v1/Sesame", true);
    row("/v1/s%65same/", true);
    row("/v1;a=b/sesame;c?d", true);
    row("/v1/sesame./", true);
    row("/v1/%20sesame", true);
    row("/v1/sesame/open", true);
    row("/api/way/out", true);
    row("/API/way//out/x", true);
    row("/api/way", false);
    row("/sesame", false);
    row("/v1/sesames", false);
    row("/v1/x/sesame", false);
    row("/", false);
}

void TestPath::tokenPathsOfAHandOutAreShut()
{
    QFETCH(const QByteArray, target);
    QFETCH(const bool, isShut);
    const auto places = tokenPathsFrom({{"tokenPaths", {"/{version}/sesame", "/api/way/out"}}});
    QCOMPARE(isAtOrBelow(decodedPath(target.toStdString()), places), isShut);
}

void TestPath::tokenPathsOfEachKindAreShut_data()
{
    QTest::addColumn<QStringList>("paths");
    const QDir folder(qEnvironmentVariable("LATCHKEY_KINDS"));
    const QStringList names = folder.entryList({u"*.json"_s});
    QVERIFY(names.size() >= 9);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonDocument kind = QJsonDocument::fromJson(file.readAll());
        QStringList paths{kind["token"_L1]["path"_L1].toString()};
        for (const QJsonValue &path : kind["logout"_L1]["paths"_L1].toArray())
            paths.append(path.toString());
        QTest::addRow("%s", qPrintable(name)) << paths;
    }
}

void TestPath::tokenPathsOfEachKindAreShut()
{
    QFETCH(const QStringList, paths);
    nlohmann::json told = nlohmann::json::array();
    for (const QString &path : paths)
        told.push_back(path.toStdString());
    const auto places = tokenPathsFrom({{"tokenPaths", told}});
    for (QString path : paths) {
        path.replace(u"{version}"_s, u"v7"_s);
        QString slashes = path;
        slashes.replace(u'/', u"//"_s);
        QString encoded = path.left(path.size() - 1);
        encoded += u'%' + QString::number(path.back().unicode(), 16);
        QString parameters = path;
        parameters.replace(u'/', u";p=1/"_s).remove(0, 4);
        for (const QString &spelled :
            {path, path + u'/', path + u"/below"_s, path + u"?x=1"_s, path.toUpper(), slashes,
                encoded, parameters, path + u'.', path + u"%20"_s, path + u";a=b"_s}) {
            const Path decoded = decodedPath(spelled.toStdString());
            QVERIFY2(isAtOrBelow(decoded, places), qPrintable(spelled));
            QVERIFY2(isTokenEndpoint(decoded), qPrintable(spelled)); // though no kind says so
        }
    }
}

void TestPath::handOutWithoutTokenPathsIsRefused()
{
    for (const nlohmann::json &handOut :
        {nlohmann::json::object(), nlohmann::json{{"tokenPaths", nullptr}}}) {
        try {
            static_cast<void>(tokenPathsFrom(handOut));
            QFAIL("It was taken");
        } catch (const Failure &failure) {
            QCOMPARE(failure.code(), ExitCode::Failed);
        }
    }
}

QTEST_GUILESS_MAIN(TestPath)
#include "tst_path.moc"
