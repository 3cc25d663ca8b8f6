// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kind.h"

#include "support/warnings.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject azureFile()
{
    QFile file(u":/kinds/azure.json"_s);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

QByteArray without(const QString &group, const QString &member)
{
    QJsonObject file = azureFile();
    QJsonObject object = group.isEmpty() ? file : file.value(group).toObject();
    object.remove(member);
    if (!group.isEmpty())
        file.insert(group, object);
    return QJsonDocument(group.isEmpty() ? object : file).toJson();
}

} // namespace

class TestKind final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void azureSpeaksAsTheSeedDoes_data();
    void azureSpeaksAsTheSeedDoes();
    void everyMemberIsNeeded_data();
    void everyMemberIsNeeded();
    void membersMustBeText_data();
    void membersMustBeText();
    void brokenFilesAreRefused_data();
    void brokenFilesAreRefused();
    void unknownIdsAreRefused_data();
    void unknownIdsAreRefused();
};

void TestKind::azureSpeaksAsTheSeedDoes_data()
{
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("expected");
    const Kind kind = Kind::shipped(u"azure"_s).value();
    const auto row = [](const char *name, const auto &actual, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(QByteArrayView(actual))
                            << QString::fromUtf8(expected);
    };
    const auto textRow = [](const char *name, const QString &actual, const char *expected) {
        QTest::newRow(name) << actual << QString::fromUtf8(expected);
    };

    textRow("id", kind.id, "azure");
    textRow("token path", kind.token.path, "/api/oauth2/token");
    textRow("logout path", kind.logout.path, "/api/oauth2/token");
    row("token method", kind.token.method, "POST");
    row("logout method", kind.logout.method, "DELETE");
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

void TestKind::everyMemberIsNeeded_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("member");

    const QJsonObject file = azureFile();
    for (const QString &key : file.keys()) {
        if (!file.value(key).isObject()) {
            QTest::addRow("%s", qPrintable(key)) << QString() << key;
            continue;
        }
        for (const QString &member : file.value(key).toObject().keys())
            QTest::addRow("%s.%s", qPrintable(key), qPrintable(member)) << key << member;
    }
}

void TestKind::everyMemberIsNeeded()
{
    QFETCH(const QString, group);
    QFETCH(const QString, member);
    const auto kind = Kind::fromJson(without(group, member));
    QVERIFY(!kind);
    const QString name = group.isEmpty() ? member : group + u'.' + member;
    QCOMPARE(kind.error(), u"no text at "_s + name);
}

void TestKind::membersMustBeText_data()
{
    QTest::addColumn<QJsonValue>("value");

    QTest::newRow("empty") << QJsonValue(QString());
    QTest::newRow("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("number") << QJsonValue(7);
    QTest::newRow("object") << QJsonValue(QJsonObject());
}

void TestKind::membersMustBeText()
{
    QFETCH(const QJsonValue, value);
    QJsonObject file = azureFile();
    file.insert(u"id"_s, value);
    const auto kind = Kind::fromJson(QJsonDocument(file).toJson());
    QVERIFY(!kind);
    QCOMPARE(kind.error(), u"no text at id"_s);
}

void TestKind::brokenFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("beginning");

    QTest::newRow("empty") << QByteArray() << u"not JSON: "_s;
    QTest::newRow("garbage") << QByteArray("\xff\x00{") << u"not JSON: "_s;
    QTest::newRow("cut off") << QJsonDocument(azureFile()).toJson().chopped(10) << u"not JSON: "_s;
    QTest::newRow("array") << QByteArray("[]") << u"no text at id"_s;
    QTest::newRow("empty object") << QByteArray("{}") << u"no text at id"_s;
}

void TestKind::brokenFilesAreRefused()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, beginning);
    const auto kind = Kind::fromJson(json);
    QVERIFY(!kind.isOk());
    QVERIFY2(kind.error().startsWith(beginning), qPrintable(kind.error()));
}

void TestKind::unknownIdsAreRefused_data()
{
    QTest::addColumn<QString>("id");

    QTest::newRow("empty") << QString();
    QTest::newRow("unknown") << u"aws"_s;
    QTest::newRow("another case") << u"Azure"_s;
    QTest::newRow("a path") << u"../kinds/azure"_s;
}

void TestKind::unknownIdsAreRefused()
{
    QFETCH(const QString, id);
    QVERIFY(!Kind::shipped(id));
    QCOMPARE(Kind::shipped(id).error(), u"no kind of the name "_s + id);
}

QTEST_GUILESS_MAIN(TestKind)
#include "tst_kind.moc"
