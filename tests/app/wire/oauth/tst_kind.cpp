// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kind.h"

#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray shippedText(const QString &id)
{
    QFile file(u":/kinds/%1.json"_s.arg(id));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Kind shipped(const char *id)
{
    const QString name = QString::fromLatin1(id);
    return Kind::fromJson(shippedText(name), u":/kinds/"_s + name).value();
}

//! Sets the member at a path such as `token.path`, or removes it if \a value is undefined.
QJsonObject with(QJsonObject object, const QString &path, const QJsonValue &value)
{
    const QString name = path.section(u'.', 0, 0);
    const QString rest = path.section(u'.', 1);
    const QJsonValue inner =
        rest.isEmpty() ? value : QJsonValue(with(object.value(name).toObject(), rest, value));
    inner.isUndefined() ? object.remove(name) : void(object.insert(name, inner));
    return object;
}

//! The largest shipped file with one member changed.
QByteArray changed(const QString &path, const QJsonValue &value)
{
    const QJsonObject azure = QJsonDocument::fromJson(shippedText(u"azure"_s)).object();
    return QJsonDocument(with(azure, path, value)).toJson();
}

} // namespace

class TestKind final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void azureSpeaksAsTheSeedDoes_data();
    void azureSpeaksAsTheSeedDoes();
    void shippedFilesAreRight_data();
    void shippedFilesAreRight();
    void shippedKindsKnowTheirPorts_data();
    void shippedKindsKnowTheirPorts();
    void problemNamesFileMemberAndReason_data();
    void problemNamesFileMemberAndReason();
    void versionsAreChecked_data();
    void versionsAreChecked();
    void pathsStayBelowTheServer_data();
    void pathsStayBelowTheServer();
    void brokenFilesAreRefused_data();
    void brokenFilesAreRefused();
    void olderVersionsSpellGrantsInTheirWay_data();
    void olderVersionsSpellGrantsInTheirWay();
    void serverGetsThePortOfTheKind_data();
    void serverGetsThePortOfTheKind();
    void hintFollowsTheLanguage_data();
    void hintFollowsTheLanguage();
};

void TestKind::azureSpeaksAsTheSeedDoes_data()
{
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("expected");
    const Kind kind = shipped("azure");
    const auto row = [](const char *name, const auto &actual, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(QByteArrayView(actual))
                            << QString::fromUtf8(expected);
    };
    const auto textRow = [](const char *name, const QString &actual, const char *expected) {
        QTest::newRow(name) << actual << QString::fromUtf8(expected);
    };

    textRow("id", kind.id, "azure");
    textRow("token path", kind.token.path, "/api/oauth2/token");
    textRow("logout path", kind.logout->paths.join(u' '), "/api/oauth2/token");
    row("logout method", kind.logout->method, "DELETE");
    row("grant field", kind.grants.field, "grant_type");
    row("password grant", kind.grants.password, "Password");
    row("second factor grant", kind.grants.mfa, "Mfa");
    row("refresh grant", kind.grants.refresh, "Refresh_token");
    row("user", kind.request.user, "Username");
    row("password", kind.request.password, "Password");
    row("refresh token", kind.request.refreshToken, "refresh_token");
    row("ticket", kind.request.mfaToken, "mfa_token");
    row("code", kind.request.mfaCode, "mfa_code");
    row("short-lived", kind.request.shortLived, "short_lived_refresh_token");
    textRow("reply: access token", kind.reply.accessToken, "access_token");
    textRow("reply: token type", kind.reply.tokenType, "token_type");
    textRow("reply: refresh token", kind.reply.refreshToken, "refresh_token");
    textRow("reply: life", kind.reply.expiresIn, "expires_in");
    textRow("reply: issued", kind.reply.issued, ".issued");
    textRow("reply: expires", kind.reply.expires, ".expires");
    textRow("reply: user id", kind.reply.userId, "userId");
    textRow("reply: user name", kind.reply.username, "username");
    textRow("reply: role", kind.reply.roleName, "roleName");
    textRow("reply: user type", kind.reply.userType, "userType");
    textRow("reply: news", kind.reply.latestNewsShown, "latestNewsShown");
    textRow("reply: second factor", kind.reply.mfaEnabled, "mfa_enabled");
    textRow("reply: ticket", kind.reply.mfaToken, "mfa_token");
    textRow("reply: redirection", kind.reply.redirectTo, "redirectTo");
    textRow("reply: short-lived", kind.reply.shortLived, "shortLived");
}

void TestKind::azureSpeaksAsTheSeedDoes()
{
    QFETCH(const QString, actual);
    QFETCH(const QString, expected);
    QCOMPARE(actual, expected);
}

void TestKind::shippedFilesAreRight_data()
{
    QTest::addColumn<QString>("id");
    const QStringList files = QDir(u":/kinds"_s).entryList();
    QCOMPARE(files.size(), 9);
    for (const QString &file : files)
        QTest::addRow("%s", qPrintable(file)) << file.section(u'.', 0, 0);
}

void TestKind::shippedFilesAreRight()
{
    QFETCH(const QString, id);
    const auto kind = Kind::fromJson(shippedText(id), id);
    QVERIFY2(kind, qPrintable(kind ? QString() : kind.error().member + u' ' + kind.error().reason));
    QCOMPARE(kind->id, id);
    QVERIFY(!kind->name.isEmpty());
    QVERIFY(!kind->recognition.isEmpty());
    QCOMPARE(kind->hints.contains(u"en"_s), kind->hints.contains(u"de"_s));
}

void TestKind::shippedKindsKnowTheirPorts_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("hasSecondFactor");
    QTest::addColumn<bool>("hasShortLived");
    QTest::addColumn<bool>("hasLogout");
    QTest::newRow("azure") << u"azure"_s << 443 << true << true << true;
    QTest::newRow("aws") << u"aws"_s << 11005 << true << false << true;
    QTest::newRow("gcp") << u"gcp"_s << 13140 << true << true << true;
    QTest::newRow("vbr") << u"vbr"_s << 9419 << false << true << true;
    QTest::newRow("m365") << u"m365"_s << 4443 << false << false << true;
    QTest::newRow("one") << u"one"_s << 1239 << false << false << true;
    QTest::newRow("vspc") << u"vspc"_s << 1280 << true << false << false;
    QTest::newRow("vro") << u"vro"_s << 9898 << true << false << false;
    QTest::newRow("oauth2") << u"oauth2"_s << 443 << false << false << true;
}

void TestKind::shippedKindsKnowTheirPorts()
{
    QFETCH(const QString, id);
    const Kind kind = shipped(qPrintable(id));
    QTEST(kind.port, "port");
    QTEST(kind.hasSecondFactor(), "hasSecondFactor");
    QTEST(kind.hasShortLived(), "hasShortLived");
    QTEST(kind.logout.has_value(), "hasLogout");
}

void TestKind::problemNamesFileMemberAndReason_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("named");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *member, const QJsonValue &value, const char *reason,
                         const char *named = nullptr) {
        const QString path = QString::fromLatin1(member);
        const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        QTest::addRow("%s %.60s %s", member, text.constData(), reason)
            << path << value << (named ? QString::fromLatin1(named) : path)
            << QString::fromUtf8(reason);
    };
    const QJsonValue gone(QJsonValue::Undefined);
    for (const char *needed : {"name", "token.path", "grants.field", "grants.password",
             "grants.refresh", "request.user", "request.password", "request.refreshToken",
             "reply.accessToken", "logout.method", "logout.paths"})
        row(needed, gone, "is missing");
    row("id", gone, "is missing");
    row("id", u"Azure"_s, "must be up to 32 lower-case letters, digits and dashes");
    row("id", u"../azure"_s, "must be up to 32 lower-case letters, digits and dashes");
    row("name", 7, "is not a text, or an empty one");
    row("name", u""_s, "is not a text, or an empty one");
    row("name", u"a\nb"_s, "has a control character in it");
    row("name", QString(2000, u'a'), "is too long");
    row("port", 0, "must be a whole number from 1 to 65535");
    row("port", 70000, "must be a whole number from 1 to 65535");
    row("port", u"443"_s, "must be a whole number from 1 to 65535");
    row("token", u"/api"_s, "is not an object");
    row("token.path", u"api/token"_s, "must be a path such as /api/token");
    row("token.path", u"/api/../token"_s, "must be a path such as /api/token");
    row("token.path", u"/api/token?x=1"_s, "must be a path such as /api/token");
    row("token.path", u"/{version}/token"_s, "has {version} in it, but there are no versions");
    row("token.body", u"xml"_s, "must be one of: form, json, multipart");
    row("token.pth", u"/x"_s, "is not a member that Latchkey knows");
    row("proof", u"maybe"_s, "must be one of: invalid_grant, status");
    row("logout.bearer", u"yes"_s, "is neither true nor false");
    row("logout.paths", u"/api"_s, "is not a list");
    row("accessLife", -1, "must be a whole number from 1 to 31622400");
    row("versions", QJsonObject{{u"values"_s, QJsonArray{u"1.0"_s}}},
        "is missing, and token.path has no {version}", "versions.header");
    row("hint", QJsonObject{{u"de"_s, u"Hallo"_s}}, "has no text in English (en)");
    row("grants.mfa", gone,
        "needs request.mfaToken, request.mfaCode and reply.mfaToken, and they need it");
    row("replaces", u"aws"_s, "must be the kind's own id");
    row("replaces", 7, "is not a text, or an empty one");
    row("codeStatus", 199, "must be a whole number from 200 to 299");
    row("logout.method", u"DELETE /x"_s, "must be one of: DELETE, GET, PATCH, POST, PUT");
    row("logout.paths", QJsonArray{u"/api/token\n"_s}, "has a control character in it");
    row("logout.paths", QJsonArray{u"/{version}/x"_s},
        "has {version} in it, but there are no versions");
    const auto checkRow = [&row](const QString &method, const QString &path, int status,
                              const char *reason, const char *named) {
        row("recognition",
            QJsonArray{QJsonObject{
                {u"method"_s, method}, {u"path"_s, path}, {u"status"_s, QJsonArray{400, status}}}},
            reason, named);
    };
    checkRow(u"DELETE"_s, u"/x"_s, 401, "must be one of: GET, POST", "recognition[0].method");
    checkRow(u"GET"_s, u"/{version}/x"_s, 401, "has {version} in it, but there are no versions",
        "recognition[0].path");
    for (const int status : {0, 199, 600})
        checkRow(u"GET"_s, u"/x"_s, status, "must be a list of HTTP statuses from 200 to 599",
            "recognition[0].status");
}

void TestKind::problemNamesFileMemberAndReason()
{
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, value);
    QFETCH(const QString, named);
    QFETCH(const QString, reason);
    const auto kind = Kind::fromJson(changed(member, value), u"/etc/mine.json"_s);
    QVERIFY(!kind);
    QCOMPARE(kind.error(), (KindProblem{u"/etc/mine.json"_s, named, reason}));
}

void TestKind::versionsAreChecked_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QString>("member");
    const QStringList good{u"1.1-rev0"_s, u"v_1"_s, u"..."_s};
    QTest::newRow("good") << u"x-api-version"_s << good << QString();
    for (const char *value : {".", "..", "a/b", "a b", "a%2fb", "a?b", "a\n", "v\u00fc"})
        QTest::addRow("value %s", QUrl::toPercentEncoding(QString::fromUtf8(value)).constData())
            << u"x-api-version"_s << QStringList{u"1"_s, QString::fromUtf8(value)}
            << u"versions.values"_s;
    QTest::newRow("twice") << u"x-api-version"_s << QStringList{u"1"_s, u"1"_s}
                           << u"versions.values"_s;
    for (const char *header : {"x version", "x:y", "x\r\ny", "Authorization", "cookie", "HOST",
             "Content-Type", "content-length"})
        QTest::addRow("header %s", QUrl::toPercentEncoding(QString::fromUtf8(header)).constData())
            << QString::fromUtf8(header) << good << u"versions.header"_s;
}

void TestKind::versionsAreChecked()
{
    QFETCH(const QString, header);
    QFETCH(const QStringList, values);
    const QJsonObject versions{
        {u"header"_s, header}, {u"values"_s, QJsonArray::fromStringList(values)}};
    const auto kind = Kind::fromJson(changed(u"versions"_s, versions), u"file"_s);
    QTEST(kind ? QString() : kind.error().member, "member");
}

void TestKind::pathsStayBelowTheServer_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("RFC 8615") << u"/.well-known/openid-configuration"_s << true;
    QTest::newRow("dots in a name") << u"/v1.0/..token..x"_s << true;
    QTest::newRow("up") << u"/api/../token"_s << false;
    QTest::newRow("up at the end") << u"/api/.."_s << false;
    QTest::newRow("here") << u"/./token"_s << false;
    QTest::newRow("encoded") << u"/%2e%2e/token"_s << false;
    QTest::newRow("nothing between slashes") << u"/api//token"_s << false;
    QTest::newRow("a slash at the end") << u"/api/token/"_s << false;
}

void TestKind::pathsStayBelowTheServer()
{
    QFETCH(const QString, path);
    QTEST(bool(Kind::fromJson(changed(u"token.path"_s, path), u"file"_s)), "isGood");
}

void TestKind::brokenFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("beginning");

    QTest::newRow("empty") << QByteArray() << u"is not JSON: "_s;
    QTest::newRow("garbage") << QByteArray("\xff\x00{") << u"is not JSON: "_s;
    QTest::newRow("cut off") << shippedText(u"azure"_s).chopped(10) << u"is not JSON: "_s;
    QTest::newRow("array") << QByteArray("[]") << u"is not a JSON object"_s;
    QTest::newRow("empty object") << QByteArray("{}") << u"is missing"_s;
}

void TestKind::brokenFilesAreRefused()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, beginning);
    const auto kind = Kind::fromJson(json, u"file"_s);
    QVERIFY(!kind);
    QVERIFY2(kind.error().reason.startsWith(beginning), qPrintable(kind.error().reason));
}

void TestKind::olderVersionsSpellGrantsInTheirWay_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("newest") << u"1.3-rev2"_s << QByteArray("Password");
    QTest::newRow("last of the new ones") << u"1.3-rev0"_s << QByteArray("Password");
    QTest::newRow("first of the old ones") << u"1.2-rev1"_s << QByteArray("password");
    QTest::newRow("oldest") << u"1.0-rev1"_s << QByteArray("password");
}

void TestKind::olderVersionsSpellGrantsInTheirWay()
{
    QFETCH(const QString, version);
    QTEST(shipped("vbr").grantsIn(version).password, "password");
    QCOMPARE(shipped("azure").grantsIn(version).password, "Password");
}

void TestKind::serverGetsThePortOfTheKind_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("kept");
    QTest::newRow("none") << u"vbr"_s << u"https://host"_s << u"https://host:9419"_s;
    QTest::newRow("another") << u"vbr"_s << u"https://host:9999"_s << u"https://host:9999"_s;
    QTest::newRow("443 by name") << u"vbr"_s << u"https://host:443"_s << u"https://host:443"_s;
    QTest::newRow("plain") << u"vbr"_s << u"http://localhost"_s << u"http://localhost"_s;
    QTest::newRow("443 is its own") << u"azure"_s << u"https://host"_s << u"https://host"_s;
    QTest::newRow("token path") << u"azure"_s << u"https://host/api/oauth2/token"_s
                                << u"https://host"_s;
    QTest::newRow("below a path") << u"oauth2"_s << u"https://host/auth/token"_s
                                  << u"https://host/auth"_s;
    QTest::newRow("token path with a version")
        << u"m365"_s << u"https://host:4443/v7/token"_s << u"https://host:4443"_s;
}

void TestKind::serverGetsThePortOfTheKind()
{
    QFETCH(const QString, id);
    QFETCH(const QString, typed);
    QTEST(shipped(qPrintable(id)).serverFrom(QUrl(typed)).toString(), "kept");
}

void TestKind::hintFollowsTheLanguage_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("hint");
    QTest::newRow("exact") << u"de"_s << u"Hallo"_s;
    QTest::newRow("with a country") << u"de_AT"_s << u"Hallo"_s;
    QTest::newRow("unknown") << u"fr_FR"_s << u"Hello"_s;
    QTest::newRow("the C locale") << u"C"_s << u"Hello"_s;
}

void TestKind::hintFollowsTheLanguage()
{
    QFETCH(const QString, language);
    const QJsonObject hint{{u"en"_s, u"Hello"_s}, {u"de"_s, u"Hallo"_s}};
    QTEST(Kind::fromJson(changed(u"hint"_s, hint), {})->hint(language), "hint");
}

QTEST_GUILESS_MAIN(TestKind)
#include "tst_kind.moc"
