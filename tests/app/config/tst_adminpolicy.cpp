// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/adminpolicy.h"

#include <QDebug>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestAdminPolicy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEverything();
    void anEmptyOneFixesNothing();
    void namesTheMemberThatIsWrong_data();
    void namesTheMemberThatIsWrong();
    void allowsWhatIsListed_data();
    void allowsWhatIsListed();
    void kindsOfAPersonsOwnAreNoneThatAreAllowed();
    void pinsCountForTheWholeAppliance_data();
    void pinsCountForTheWholeAppliance();
    void givesEachPersonTheirOwnUserName();
};

namespace {

const QString place = u"/etc/latchkey/policy.json"_s;

AdminPolicy read(const QByteArray &json)
{
    const auto policy = AdminPolicy::fromJson(json, place);
    if (!policy)
        qWarning() << policy.error().text();
    return policy ? *policy : AdminPolicy();
}

Account accountAt(const QString &server, const QString &kind)
{
    Account account;
    account.server = QUrl(server);
    account.kind = kind;
    return account;
}

} // namespace

void TestAdminPolicy::readsEverything()
{
    const AdminPolicy policy = read(R"({
        "settings": {"autostart": true, "language": "pt_BR", "appearance": "dark",
                     "trayIcon": "symbol", "lock": true, "clipboardSeconds": 20,
                     "newSessions": "ask",
                     "proxy": {"use": "own", "host": "proxy.example.com", "port": 3128,
                               "user": "latchkey"}},
        "appliances": ["*.example.com", "192.0.2.0/24"],
        "kinds": ["azure", "vbr"],
        "accounts": [{"name": "prod", "server": "backup.example.com", "kind": "azure",
                      "user": "operator",
                      "pin": "5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F"}]
    })");
    const SettingValues expected{true, u"pt_BR"_s, Appearance::Dark, TrayLook::Symbol, true, 20,
        HandOutPolicy::Ask,
        ProxySetting{ProxyUse::Own, u"proxy.example.com"_s, 3128, u"latchkey"_s}};
    QCOMPARE(policy.settings, expected);
    QCOMPARE(policy.appliances->size(), 2);
    QCOMPARE(policy.kinds, QStringList({u"azure"_s, u"vbr"_s}));
    QCOMPARE(policy.accounts.size(), 1);
    QCOMPARE(policy.accounts[0].server, QUrl(u"https://backup.example.com"_s));
    QVERIFY(!policy.accounts[0].pin.isEmpty());
}

void TestAdminPolicy::anEmptyOneFixesNothing()
{
    QCOMPARE(read("{}"), AdminPolicy());
    QVERIFY(!AdminPolicy().whyNot(accountAt(u"https://anywhere.example"_s, u"any"_s)));
}

void TestAdminPolicy::namesTheMemberThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *json, const QString &member, const QString &reason) {
        QTest::newRow(json) << QByteArray(json) << member << reason;
    };
    row("", {}, u"is not JSON"_s);
    row("[]", {}, u"is not a JSON object"_s);
    row(R"({"setings": {}})", u"setings"_s, u"not a member"_s);
    row(R"({"settings": true})", u"settings"_s, u"is not an object"_s);
    row(R"({"settings": {"loc": true}})", u"settings.loc"_s, u"not a member"_s);
    row(R"({"settings": {"lock": "yes"}})", u"settings.lock"_s, u"neither true nor false"_s);
    row(R"({"settings": {"lock": null}})", u"settings.lock"_s, u"neither true nor false"_s);
    row(R"({"settings": {"autostart": 1}})", u"settings.autostart"_s, u"neither"_s);
    row(R"({"settings": {"language": "German"}})", u"settings.language"_s, u"such as de"_s);
    row(R"({"settings": {"appearance": "grey"}})", u"settings.appearance"_s,
        u"must be one of: dark, light, system"_s);
    row(R"({"settings": {"trayIcon": 1}})", u"settings.trayIcon"_s, u"is not a text"_s);
    row(R"({"settings": {"clipboardSeconds": -1}})", u"settings.clipboardSeconds"_s,
        u"from 0 to 600"_s);
    row(R"({"settings": {"clipboardSeconds": 1e9}})", u"settings.clipboardSeconds"_s,
        u"from 0 to 600"_s);
    row(R"({"settings": {"newSessions": "sometimes"}})", u"settings.newSessions"_s,
        u"allow, ask, never"_s);
    row(R"({"settings": {"proxy": "none"}})", u"settings.proxy"_s, u"is not an object"_s);
    row(R"({"settings": {"proxy": {}}})", u"settings.proxy.use"_s, u"is missing"_s);
    row(R"({"settings": {"proxy": {"use": "own", "port": 1}}})", u"settings.proxy.host"_s,
        u"is missing"_s);
    row(R"({"settings": {"proxy": {"use": "own", "host": "a b", "port": 1}}})",
        u"settings.proxy.host"_s, u"name or the address"_s);
    row(R"({"settings": {"proxy": {"use": "own", "host": "proxy"}}})", u"settings.proxy.port"_s,
        u"is missing"_s);
    row(R"({"settings": {"proxy": {"use": "own", "host": "proxy", "port": 70000}}})",
        u"settings.proxy.port"_s, u"from 1 to 65535"_s);
    row(R"({"settings": {"proxy": {"use": "none", "host": "proxy"}}})", u"settings.proxy.host"_s,
        u"only"_s);
    row(R"({"settings": {"proxy": {"use": "own", "host": "p", "port": 1, "password": "x"}}})",
        u"settings.proxy.password"_s, u"not a member"_s);
    row(R"({"appliances": "*"})", u"appliances"_s, u"is not a list"_s);
    row(R"({"appliances": ["*"]})", u"appliances"_s, u"has * in it"_s);
    row(R"({"appliances": [1]})", u"appliances"_s, u"not a short text"_s);
    row(R"({"kinds": ["Azure"]})", u"kinds"_s, u"id of a kind"_s);
    row(R"({"accounts": {}})", u"accounts"_s, u"is not a list"_s);
    row(R"({"accounts": [{"name": "a"}]})", u"accounts[0].user"_s, u"is missing"_s);
    row(R"({"accounts": [{"name": "a", "user": "u", "kind": "azure", "server": "http://a"}]})",
        u"accounts[0].server"_s, u"Enter an https address"_s);
    row(R"({"accounts": [{"name": "a b", "user": "u", "kind": "azure", "server": "a"}]})",
        u"accounts[0].name"_s, u"without spaces"_s);
    row(R"({"accounts": [{"name": "a", "user": "u", "kind": "azure", "server": "a",
            "pin": "12"}]})",
        u"accounts[0].pin"_s, u"64 digits"_s);
    row(R"({"accounts": [{"name": "a", "user": "u", "kind": "azure", "server": "a",
            "password": "x"}]})",
        u"accounts[0].password"_s, u"not a member"_s);
    row(R"({"accounts": [{"name": "a", "user": "u", "kind": "azure", "server": "a"},
            {"name": "a", "user": "v", "kind": "azure", "server": "a"}]})",
        u"accounts[1].name"_s, u"of another account"_s);
    row(R"({"appliances": ["b"],
            "accounts": [{"name": "a", "user": "u", "kind": "azure", "server": "a"}]})",
        u"accounts[0].server"_s, u"that this policy allows"_s);
    row(R"({"accounts": [
            {"name": "a", "user": "u", "kind": "azure", "server": "a",
             "pin": "5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F"},
            {"name": "b", "user": "u", "kind": "azure", "server": "a",
             "pin": "6D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F"}]})",
        u"accounts[1].pin"_s, u"another"_s);
    const QByteArray two = R"({"accounts": [
            {"name": "a", "user": "u", "kind": "azure", "server": "%1",
             "pin": "5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F"},
            {"name": "b", "user": "u", "kind": "azure", "server": "%2",
             "pin": "6D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F5D0F"}]})";
    for (const auto &[one, other] :
        {std::pair("a/x", "a/y"), {"a.", "A"}, {"a", "a:443"}, {"a:443", "a"}, {"a:1", "a:1/x"}})
        row(QByteArray(two).replace("%1", one).replace("%2", other).constData(),
            u"accounts[1].pin"_s, u"another"_s);
    row(R"({"kinds": ["vbr"],
            "accounts": [{"name": "a", "user": "u", "kind": "azure", "server": "a"}]})",
        u"accounts[0].kind"_s, u"that this policy allows"_s);
}

void TestAdminPolicy::namesTheMemberThatIsWrong()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, member);
    QFETCH(const QString, reason);
    const auto policy = AdminPolicy::fromJson(json, place);
    QVERIFY(!policy);
    QCOMPARE(policy.error().file, place);
    QCOMPARE(policy.error().member, member);
    QVERIFY2(policy.error().reason.contains(reason), qPrintable(policy.error().reason));
}

void TestAdminPolicy::allowsWhatIsListed_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<std::optional<AccountProblem>>("problem");
    using Problem = std::optional<AccountProblem>;
    QTest::newRow("both") << u"https://a.example.com"_s << u"azure"_s << Problem();
    QTest::newRow("server") << u"https://a.example.org"_s << u"azure"_s
                            << Problem(AccountProblem::ApplianceNotAllowed);
    QTest::newRow("kind") << u"https://a.example.com"_s << u"vbr"_s
                          << Problem(AccountProblem::KindNotAllowed);
    QTest::newRow("not known yet") << u"https://a.example.com"_s << QString() << Problem();
}

void TestAdminPolicy::allowsWhatIsListed()
{
    QFETCH(const QString, server);
    QFETCH(const QString, kind);
    QFETCH(const std::optional<AccountProblem>, problem);
    const AdminPolicy policy = read(R"({"appliances": ["*.example.com"], "kinds": ["azure"]})");
    QVERIFY(policy.whyNot(accountAt(server, kind)) == problem);
    QVERIFY(read(R"({"appliances": []})").whyNot(accountAt(server, kind)));
    QVERIFY(read(R"({"kinds": []})").whyNot(accountAt(server, u"azure"_s)));
}

//! Any program of the person's can put a file there that takes the place of a kind.
void TestAdminPolicy::kindsOfAPersonsOwnAreNoneThatAreAllowed()
{
    const Account account = accountAt(u"https://a.example.com"_s, u"azure"_s);
    const AdminPolicy policy = read(R"({"kinds": ["azure"]})");
    QVERIFY(!policy.whyNot(account, false));
    QCOMPARE(policy.whyNot(account, true), AccountProblem::KindNotAllowed);
    QVERIFY(!AdminPolicy().whyNot(account, true));
}

void TestAdminPolicy::pinsCountForTheWholeAppliance_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QChar>("pin"); // its first digit
    QTest::newRow("the same") << u"https://a.example"_s << QChar(u'1');
    QTest::newRow("its usual port") << u"https://A.example.:443/path"_s << QChar(u'1');
    QTest::newRow("any port") << u"https://a.example:9419"_s << QChar(u'1');
    QTest::newRow("a port with a pin of its own") << u"https://a.example:1"_s << QChar(u'2');
    QTest::newRow("an account without one") << u"https://b.example"_s << QChar();
    QTest::newRow("another port") << u"https://c.example:2"_s << QChar();
    QTest::newRow("no certificate") << u"http://a.example"_s << QChar();
    QTest::newRow("elsewhere") << u"https://d.example"_s << QChar();
}

void TestAdminPolicy::pinsCountForTheWholeAppliance()
{
    QFETCH(const QString, server);
    QFETCH(const QChar, pin);
    const auto preset = [](const QByteArray &name, const QByteArray &at, const char digit) {
        return "{\"name\": \"" + name + "\", \"user\": \"u\", \"kind\": \"azure\", \"server\": \""
            + at + (digit == 0 ? "\"}" : "\", \"pin\": \"" + QByteArray(64, digit) + "\"}");
    };
    const AdminPolicy policy = read("{\"accounts\": [" + preset("a", "a.example", '1') + ','
        + preset("b", "a.example:1", '2') + ',' + preset("c", "b.example", 0) + ','
        + preset("d", "c.example:1", '3') + "]}");
    const Fingerprint found = policy.pinFor(QUrl(server));
    QCOMPARE(found.isEmpty() ? QChar() : found.toText().front(), pin);

    Account account = accountAt(server, u"azure"_s);
    account.pin = *Fingerprint::fromText(QString(64, u'7'));
    QCOMPARE(policy.whyNot(account).has_value(), !found.isEmpty());
    account.pin = found;
    QVERIFY(!policy.whyNot(account));
}

void TestAdminPolicy::givesEachPersonTheirOwnUserName()
{
    const AdminPolicy policy = read(R"({"accounts": [
        {"name": "a", "user": "EXAMPLE\\{user}", "kind": "azure", "server": "a"}]})");
    QCOMPARE(policy.accountsOf(u"alenka"_s)[0].user, u"EXAMPLE\\alenka"_s);
}

QTEST_GUILESS_MAIN(TestAdminPolicy)
#include "tst_adminpolicy.moc"
