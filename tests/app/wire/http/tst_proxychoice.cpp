// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/proxychoice.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

using Variables = QList<std::pair<QString, QString>>;

const QString appliance = u"https://backup.example.com:1443/veeam"_s;

ProxyChoice http(
    const QString &host, quint16 port, const QString &user = {}, const QString &password = {})
{
    return {QNetworkProxy(QNetworkProxy::HttpProxy, host, port, user, password)};
}

ProxyChoice socks(const QString &host, quint16 port)
{
    return {QNetworkProxy(QNetworkProxy::Socks5Proxy, host, port)};
}

QProcessEnvironment environmentOf(const Variables &variables)
{
    QProcessEnvironment environment;
    for (const auto &[name, value] : variables)
        environment.insert(name, value);
    return environment;
}

} // namespace

class TestProxyChoice final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void variablesAreReadAsByCurl_data();
    void variablesAreReadAsByCurl();
    void textsAreReadAsByCurl_data();
    void textsAreReadAsByCurl();
    void someServersNeedNone_data();
    void someServersNeedNone();
    void whatCannotBeUsedIsNamed_data();
    void whatCannotBeUsedIsNamed();
    void namesHoldNoCredentials();
    void urlsHoldAllOfIt_data();
    void urlsHoldAllOfIt();
    void theVariablesOfThisProcessCount();
};

void TestProxyChoice::variablesAreReadAsByCurl_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<std::optional<ProxyChoice>>("expected");
    const auto row = [](const char *name, const Variables &variables,
                         const std::optional<ProxyChoice> &expected) {
        QTest::newRow(name) << variables << expected;
    };

    const QString a = u"http://a:1"_s;
    const QString b = u"http://b:2"_s;
    row("none", {}, {});
    row("https_proxy", {{u"https_proxy"_s, a}}, http(u"a"_s, 1));
    row("HTTPS_PROXY", {{u"HTTPS_PROXY"_s, a}}, http(u"a"_s, 1));
    row("all_proxy", {{u"all_proxy"_s, a}}, http(u"a"_s, 1));
    row("ALL_PROXY", {{u"ALL_PROXY"_s, a}}, http(u"a"_s, 1));
    row("small before large", {{u"HTTPS_PROXY"_s, b}, {u"https_proxy"_s, a}}, http(u"a"_s, 1));
    row("its own before all", {{u"all_proxy"_s, b}, {u"HTTPS_PROXY"_s, a}}, http(u"a"_s, 1));
    row("empty is none", {{u"https_proxy"_s, {}}, {u"all_proxy"_s, a}}, http(u"a"_s, 1));
    row("http_proxy is for http", {{u"http_proxy"_s, a}}, {});
    row("HTTP_PROXY is nobody's", {{u"HTTP_PROXY"_s, a}}, {});
}

void TestProxyChoice::variablesAreReadAsByCurl()
{
    QFETCH(const Variables, variables);
    QFETCH(const std::optional<ProxyChoice>, expected);
    QCOMPARE(proxyFromEnvironment(environmentOf(variables), QUrl(appliance)), expected);
}

void TestProxyChoice::textsAreReadAsByCurl_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<ProxyChoice>("expected");
    const auto row = [](const QString &text, const ProxyChoice &expected) {
        QTest::newRow(qPrintable(text)) << text << expected;
    };

    row(u"http://proxy.test:3128"_s, http(u"proxy.test"_s, 3128));
    row(u"HTTP://proxy.test:3128/"_s, http(u"proxy.test"_s, 3128));
    row(u" http://proxy.test:3128 "_s, http(u"proxy.test"_s, 3128));
    row(u"proxy.test:3128"_s, http(u"proxy.test"_s, 3128));
    row(u"proxy.test"_s, http(u"proxy.test"_s, 1080));
    row(u"10.0.0.1:8080/path"_s, http(u"10.0.0.1"_s, 8080));
    row(u"http://[fd00::1]:3128"_s, http(u"fd00::1"_s, 3128));
    row(u"[fd00::1]"_s, http(u"fd00::1"_s, 1080));
    row(u"user:pass@proxy.test:3128"_s, http(u"proxy.test"_s, 3128, u"user"_s, u"pass"_s));
    row(u"http://user@proxy.test:3128"_s, http(u"proxy.test"_s, 3128, u"user"_s));
    row(u"http://us%20er:p%40ss%3a@proxy.test:1"_s,
        http(u"proxy.test"_s, 1, u"us er"_s, u"p@ss:"_s));
    row(u"http://user:p@ss:w@proxy.test:1"_s, http(u"proxy.test"_s, 1, u"user"_s, u"p@ss:w"_s));
    row(u"user:p://w@proxy.test:1"_s, http(u"proxy.test"_s, 1, u"user"_s, u"p://w"_s));
    row(u"socks5://proxy.test"_s, socks(u"proxy.test"_s, 1080));
    row(u"socks5h://proxy.test:9050"_s, socks(u"proxy.test"_s, 9050));
}

void TestProxyChoice::textsAreReadAsByCurl()
{
    QFETCH(const QString, text);
    QFETCH(const ProxyChoice, expected);
    const auto choice =
        proxyFromEnvironment(environmentOf({{u"https_proxy"_s, text}}), QUrl(appliance));
    QVERIFY(choice);
    QCOMPARE(*choice, expected);
}

void TestProxyChoice::someServersNeedNone_data()
{
    QTest::addColumn<QString>("exempt");
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("isDirect");
    const auto row = [](const QString &exempt, const QString &server, bool isDirect) {
        QTest::addRow("%s, %s", qPrintable(exempt), qPrintable(server))
            << exempt << server << isDirect;
    };

    const QString host = u"https://backup.example.com"_s;
    row({}, host, false);
    row(u"*"_s, host, true);
    row(u"backup.example.com"_s, host, true);
    row(u"BACKUP.Example.com"_s, host, true);
    row(u"example.com"_s, host, true);
    row(u".example.com"_s, host, true);
    row(u"example.com."_s, host, true);
    row(u"example.com"_s, u"https://backup.example.com."_s, true);
    row(u"example.com"_s, u"https://example.com"_s, true);
    row(u".example.com"_s, u"https://example.com"_s, true);
    row(u"ample.com"_s, host, false);
    row(u"com"_s, host, true);
    row(u"backup.example.com.org"_s, host, false);
    row(u"other.test, example.com"_s, host, true);
    row(u"other.test example.com"_s, host, true);
    row(u",,other.test,,"_s, host, false);
    row(u"*.example.com"_s, host, false);
    row(u"10.0.0.7"_s, u"https://10.0.0.7:1443"_s, true);
    row(u"10.0.0.7"_s, u"https://10.0.0.70"_s, false);
    row(u"0.0.7"_s, u"https://10.0.0.7"_s, false);
    row(u"10.0.0.0/8"_s, u"https://10.200.3.4"_s, true);
    row(u"10.0.0.0/8"_s, u"https://11.0.0.1"_s, false);
    row(u"10.0.0.0/99"_s, u"https://10.0.0.1"_s, false);
    row(u"10.0.0.0/8"_s, host, false);
    row(u"fd00::/16"_s, u"https://[fd00::7]"_s, true);
    row(u"[fd00::7]"_s, u"https://[fd00::7]"_s, true);
    row(u"fd00:0::7"_s, u"https://[fd00::7]"_s, true);
    row(u"127.0.0.1"_s, u"https://localhost"_s, false);
    row({}, u"http://127.0.0.1:8080"_s, true);
    row({}, u"http://localhost"_s, true);
}

void TestProxyChoice::someServersNeedNone()
{
    QFETCH(const QString, exempt);
    QFETCH(const QString, server);
    QFETCH(const bool, isDirect);
    for (const QString &name : {u"no_proxy"_s, u"NO_PROXY"_s}) {
        const auto environment = environmentOf({{u"https_proxy"_s, u"http://a:1"_s},
            {u"http_proxy"_s, u"http://a:1"_s}, {u"all_proxy"_s, u"http://a:1"_s}, {name, exempt}});
        const auto choice = proxyFromEnvironment(environment, QUrl(server));
        QVERIFY(choice);
        QCOMPARE(choice->isNone(), isDirect);
        // An exempt server bypasses the desktop's proxy as well, even if no proxy variable is set.
        const auto alone = proxyFromEnvironment(environmentOf({{name, exempt}}), QUrl(server));
        QCOMPARE(alone.has_value(), isDirect);
    }
}

void TestProxyChoice::whatCannotBeUsedIsNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");

    QTest::newRow("TLS") << u"https://us:pw@proxy.test:443"_s << u"https://proxy.test"_s;
    QTest::newRow("SOCKS 4") << u"socks4://proxy.test"_s << u"socks4://proxy.test"_s;
    QTest::newRow("old word") << u"socks://proxy.test:1"_s << u"socks://proxy.test"_s;
    QTest::newRow("no host") << u"http://:3128"_s << u"http://"_s;
    QTest::newRow("no port") << u"http://proxy.test:port"_s << u"http://proxy.test"_s;
    QTest::newRow("port 0") << u"http://proxy.test:0"_s << u"http://proxy.test"_s;
    QTest::newRow("large port") << u"proxy.test:65536"_s << u"http://proxy.test"_s;
    QTest::newRow("half an address") << u"user:secret"_s << u"http://user"_s;
}

void TestProxyChoice::whatCannotBeUsedIsNamed()
{
    QFETCH(const QString, text);
    QFETCH(const QString, name);
    const auto choice =
        proxyFromEnvironment(environmentOf({{u"https_proxy"_s, text}}), QUrl(appliance));
    QVERIFY(choice);
    QVERIFY(!choice->isNone()); // going around the proxy would be worse than failing
    QCOMPARE(choice->name(), name);
}

void TestProxyChoice::namesHoldNoCredentials()
{
    QCOMPARE(http(u"proxy.test"_s, 3128, u"user"_s, u"pass"_s).name(), u"proxy.test:3128"_s);
    QCOMPARE(http(u"fd00::1"_s, 3128).name(), u"[fd00::1]:3128"_s);
    QCOMPARE(ProxyChoice().name(), QString());
}

void TestProxyChoice::urlsHoldAllOfIt_data()
{
    QTest::addColumn<ProxyChoice>("choice");
    QTest::addColumn<QString>("url");

    QTest::newRow("none") << ProxyChoice() << QString();
    QTest::newRow("http") << http(u"proxy.test"_s, 80) << u"http://proxy.test:80"_s;
    QTest::newRow("address") << http(u"fd00::1"_s, 3128) << u"http://[fd00::1]:3128"_s;
    QTest::newRow("credentials") << http(u"proxy.test"_s, 3128, u"us er"_s, u"p@s:s/%"_s)
                                 << u"http://us%20er:p%40s:s%2F%25@proxy.test:3128"_s;
    QTest::newRow("socks") << socks(u"proxy.test"_s, 1080) << u"socks5h://proxy.test:1080"_s;
    QTest::newRow("unusable") << ProxyChoice{{}, u"https://proxy.test"_s}
                              << u"https://proxy.test"_s;
}

// Read as the gateway and curl read them.
void TestProxyChoice::urlsHoldAllOfIt()
{
    QFETCH(const ProxyChoice, choice);
    QFETCH(const QString, url);
    QCOMPARE(choice.url(), url);
    if (choice.isNone() || !choice.unusable.isEmpty())
        return;
    const auto again =
        proxyFromEnvironment(environmentOf({{u"https_proxy"_s, url}}), QUrl(appliance));
    QVERIFY(again);
    QCOMPARE(*again, choice);
}

void TestProxyChoice::theVariablesOfThisProcessCount()
{
    qputenv("https_proxy", "proxy.test:3128");
    QCOMPARE(proxyOfThisMachine(QUrl(appliance)), http(u"proxy.test"_s, 3128));
    qputenv("no_proxy", "example.com");
    QVERIFY(proxyOfThisMachine(QUrl(appliance)).isNone());
}

QTEST_GUILESS_MAIN(TestProxyChoice)
#include "tst_proxychoice.moc"
