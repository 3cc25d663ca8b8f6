// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/grant.h"

#include "support/replies.h"
#include "support/warnings.h"
#include "wire/oauth/kind.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

PasswordGrant passwordGrant(const QString &user, const QString &password)
{
    return {user, Secret::fromString(password), false};
}

} // namespace

class TestGrant final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void bodyHoldsWhatTheGrantNeeds_data();
    void bodyHoldsWhatTheGrantNeeds();
    void valuesAreEncoded_data();
    void valuesAreEncoded();
    void everyFieldIsEncoded();
    void namesAreTheKinds();
    void onlyTheKindSaysYesAndNoInJson_data();
    void onlyTheKindSaysYesAndNoInJson();
    void typeFollowsTheGrant();
};

void TestGrant::bodyHoldsWhatTheGrantNeeds_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const Grant &grant, const char *expected) {
        QTest::newRow(name) << bodyOf(grant, azure(), {}).bytes << QByteArray(expected);
    };

    row("password", passwordGrant(u"administrator"_s, u"Password"_s),
        "grant_type=Password&Username=administrator&Password=Password");
    row("password, short-lived", PasswordGrant{u"a"_s, secret("b"), true},
        "grant_type=Password&Username=a&Password=b&short_lived_refresh_token=true");
    row("empty password", passwordGrant(u"a"_s, {}), "grant_type=Password&Username=a&Password=");
    row("second factor", MfaGrant{secret("ticket"), secret("123456")},
        "grant_type=Mfa&mfa_token=ticket&mfa_code=123456");
    row("refresh", RefreshGrant{secret("eyJ.a-b_c.d")},
        "grant_type=Refresh_token&refresh_token=eyJ.a-b_c.d");
}

void TestGrant::bodyHoldsWhatTheGrantNeeds()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, expected);
    QCOMPARE(body, expected);
}

void TestGrant::valuesAreEncoded_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("encoded");
    const auto row = [](const char *name, const QString &value, const char *encoded) {
        QTest::newRow(name) << value << QByteArray(encoded);
    };

    row("all at once", u"p+a ss&w=ö%25"_s, "p%2Ba%20ss%26w%3D%C3%B6%2525");
    row("plus", u"+"_s, "%2B");
    row("ampersand", u"&"_s, "%26");
    row("equals", u"="_s, "%3D");
    row("percent", u"%"_s, "%25");
    row("semicolon", u";"_s, "%3B");
    row("space", u" "_s, "%20");
    row("spaces around", u" a "_s, "%20a%20");
    row("umlaut", u"ö"_s, "%C3%B6");
    row("outside the first plane", u"\U0001F511"_s, "%F0%9F%94%91");
    row("line break", u"a\r\nb"_s, "a%0D%0Ab");
    row("quotes", u"\"'"_s, "%22%27");
    row("slash and base64", u"a/b+c=="_s, "a%2Fb%2Bc%3D%3D");
    row("unreserved", u"aZ09-._~"_s, "aZ09-._~");
}

void TestGrant::valuesAreEncoded()
{
    QFETCH(const QString, value);
    QFETCH(const QByteArray, encoded);
    const QByteArray body = bodyOf(passwordGrant(u"u"_s, value), azure(), {}).bytes;
    QCOMPARE(body, "grant_type=Password&Username=u&Password=" + encoded);
}

void TestGrant::everyFieldIsEncoded()
{
    const Secret hard = secret("a+b&c");
    QCOMPARE(bodyOf(PasswordGrant{u"a+b&c"_s, hard, false}, azure(), {}).bytes,
        QByteArray("grant_type=Password&Username=a%2Bb%26c&Password=a%2Bb%26c"));
    QCOMPARE(bodyOf(MfaGrant{hard, hard}, azure(), {}).bytes,
        QByteArray("grant_type=Mfa&mfa_token=a%2Bb%26c&mfa_code=a%2Bb%26c"));
    QCOMPARE(bodyOf(RefreshGrant{hard}, azure(), {}).bytes,
        QByteArray("grant_type=Refresh_token&refresh_token=a%2Bb%26c"));
}

void TestGrant::namesAreTheKinds()
{
    Kind kind = azure();
    kind.grants.field = "kind of grant";
    kind.grants.refresh = "again&again";
    kind.request.refreshToken = "rt";
    QCOMPARE(bodyOf(RefreshGrant{secret("x")}, kind, {}).bytes,
        QByteArray("kind%20of%20grant=again%26again&rt=x"));
}

void TestGrant::onlyTheKindSaysYesAndNoInJson_data()
{
    QTest::addColumn<QString>("password");
    QTest::newRow("as usual") << u"opensesame"_s;
    QTest::newRow("true") << u"true"_s;
    QTest::newRow("false") << u"false"_s;
}

void TestGrant::onlyTheKindSaysYesAndNoInJson()
{
    QFETCH(const QString, password);
    Kind kind = azure();
    kind.token.body = Kind::Body::Json;
    kind.token.fields = {{"deep", "true"}, {"for", "us"}, {"old", "false"}};
    const PasswordGrant grant{u"true"_s, Secret::fromString(password), true};
    const QJsonObject sent = QJsonDocument::fromJson(bodyOf(grant, kind, {}).bytes).object();
    const QJsonObject expected{{u"grant_type"_s, u"Password"_s}, {u"Username"_s, u"true"_s},
        {u"Password"_s, password}, {u"short_lived_refresh_token"_s, true}, {u"deep"_s, true},
        {u"for"_s, u"us"_s}, {u"old"_s, false}};
    QCOMPARE(sent, expected);
}

void TestGrant::typeFollowsTheGrant()
{
    QVERIFY(typeOf(PasswordGrant()) == GrantType::Password);
    QVERIFY(typeOf(MfaGrant()) == GrantType::Mfa);
    QVERIFY(typeOf(RefreshGrant()) == GrantType::Refresh);
}

QTEST_GUILESS_MAIN(TestGrant)
#include "tst_grant.moc"
