// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/authenticator.h"

#include "gateway/rules/httperror.h"
#include "gateway/rules/text.h"

#include <QTest>

#include <list>

using namespace latchkey::ctl;

class TestAuthenticator final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void letsInWhoHasAProof_data();
    void letsInWhoHasAProof();
    void keepsOthersOut_data();
    void keepsOthersOut();
    void saysWhereItIs();
    void ownPortOfHttpIsLeftOut();
    void everyKeyIsAnother();
    void secretsAreComparedWhole();
};

namespace {

const std::string key = "0123456789abcdef0123456789abcdef01234567";
const std::string keyHost = key + ".localhost:4711";

Authenticator authenticator()
{
    return {"127.0.0.1", 4711, key};
}

Credentials credentials(std::string_view target, std::string_view host)
{
    Credentials credentials;
    credentials.target = target;
    credentials.hosts = {host};
    return credentials;
}

} // namespace

Q_DECLARE_METATYPE(Credentials)

void TestAuthenticator::letsInWhoHasAProof_data()
{
    QTest::addColumn<Credentials>("credentials");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("base");
    static const std::string prefixed = "/" + key + "/api?x=1";
    static const std::string bare = "/" + key;
    static const std::string barePlusQuery = "/" + key + "?x=1";
    const QByteArray keyed = QByteArray::fromStdString("/" + key);
    QTest::newRow("prefix") << credentials(prefixed, "127.0.0.1:4711") << QByteArray("/api?x=1")
                            << "http://127.0.0.1:4711" + keyed;
    QTest::newRow("prefix, localhost") << credentials(prefixed, "localhost:4711")
                                       << QByteArray("/api?x=1") << "http://localhost:4711" + keyed;
    QTest::newRow("prefix alone") << credentials(bare, "127.0.0.1:4711") << QByteArray("/")
                                  << "http://127.0.0.1:4711" + keyed;
    QTest::newRow("prefix and query") << credentials(barePlusQuery, "127.0.0.1:4711")
                                      << QByteArray("/?x=1") << "http://127.0.0.1:4711" + keyed;
    Credentials byHeader = credentials("/api", "127.0.0.1:4711");
    byHeader.keys = {key};
    for (const std::string host : {"localhost:9000", "127.0.0.1:9000", "127.0.0.1", "localhost",
             "[::1]:9000", "192.0.2.7:80"}) {
        static std::list<std::string> hosts; // views of them live in the rows
        hosts.push_back(host);
        QTest::addRow("forwarded to %s", host.c_str())
            << credentials(prefixed, hosts.back()) << QByteArray("/api?x=1")
            << QByteArray::fromStdString("http://" + host) + keyed;
    }
    static const std::string keyHostThere = key + ".localhost:9000";
    QTest::newRow("forwarded to the key's host") << credentials("/api",
        keyHostThere) << QByteArray("/api") << QByteArray::fromStdString("http://" + keyHostThere);
    QTest::newRow("header") << byHeader << QByteArray("/api")
                            << QByteArray("http://127.0.0.1:4711");
    Credentials byHost = credentials("/api", keyHost);
    const QByteArray hostBase = QByteArray::fromStdString("http://" + keyHost);
    QTest::newRow("host") << byHost << QByteArray("/api") << hostBase;
    static const std::string origin = "http://" + keyHost;
    byHost.origins = {origin};
    byHost.sites = {"same-origin"};
    QTest::newRow("own page") << byHost << QByteArray("/api") << hostBase;
    byHost.origins.clear();
    byHost.sites = {"none"};
    QTest::newRow("typed") << byHost << QByteArray("/api") << hostBase;
}

void TestAuthenticator::letsInWhoHasAProof()
{
    QFETCH(const Credentials, credentials);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, base);
    const Admission admission = authenticator().admit(credentials);
    QCOMPARE(QByteArray::fromStdString(admission.target), target);
    QCOMPARE(QByteArray::fromStdString(admission.base), base);
}

void TestAuthenticator::keepsOthersOut_data()
{
    QTest::addColumn<Credentials>("credentials");
    QTest::addColumn<QByteArray>("why");
    const QByteArray noKey("key is missing or wrong");
    const QByteArray noHost("this host's name");
    const QByteArray noPage("another web site");
    static const std::string prefixed = "/" + key + "/api";
    static const std::string longer = "/" + key + "0/api";
    static const std::string shorter = "/" + key.substr(1) + "/api";
    static const std::string second = "/api/" + key;
    static const std::string twoNames = "x." + keyHost;
    static const std::string evilName = key + ".localhost.evil:4711";
    static const std::string evilPort = key + ".localhost:x";
    QTest::newRow("nothing") << credentials("/api", "127.0.0.1:4711") << noKey;
    QTest::newRow("longer key") << credentials(longer, "127.0.0.1:4711") << noKey;
    QTest::newRow("shorter key") << credentials(shorter, "127.0.0.1:4711") << noKey;
    QTest::newRow("key in the wrong place") << credentials(second, "127.0.0.1:4711") << noKey;
    QTest::newRow("whole URL") << credentials("http://127.0.0.1:4711/", "127.0.0.1:4711") << noKey;
    for (const std::string_view host :
        {std::string_view("evil.example:4711"), std::string_view("evil.example"),
            std::string_view("127.1"), std::string_view("127.0.0.1.evil:4711"),
            std::string_view("127.0.0.1:"), std::string_view("127.0.0.1:4711:1"),
            std::string_view("::1"), std::string_view("[::1"), std::string_view("[127.0.0.1]"),
            std::string_view("localhost:4711x"), std::string_view("localhost.evil"),
            std::string_view("x.localhost:4711"), std::string_view(""), std::string_view(twoNames),
            std::string_view(evilPort), std::string_view(evilName)})
        QTest::addRow("host %s", host.data()) << credentials(prefixed, host) << noHost;
    Credentials twice = credentials(prefixed, "127.0.0.1:4711");
    twice.hosts.emplace_back("evil.example");
    QTest::newRow("two hosts") << twice << QByteArray("one Host header");
    twice.hosts.clear();
    QTest::newRow("no host") << twice << QByteArray("one Host header");
    for (const std::string_view origin : {"null", "https://evil.example", "http://127.0.0.1:4712",
             "http://localhost:4711", "https://127.0.0.1:4711", ""}) {
        Credentials strange = credentials(prefixed, "127.0.0.1:4711");
        strange.origins = {origin};
        QTest::addRow("origin %s", origin.data()) << strange << noPage;
    }
    for (const std::string_view site : {"cross-site", "same-site", ""}) {
        Credentials strange = credentials(prefixed, "127.0.0.1:4711");
        strange.sites = {site};
        QTest::addRow("site %s", site.data()) << strange << noPage;
    }
    Credentials keys = credentials("/api", "127.0.0.1:4711");
    keys.keys = {key, "x"};
    QTest::newRow("two keys") << keys << noKey;
    Credentials worker = credentials(prefixed, "127.0.0.1:4711");
    worker.isForWorker = true;
    QTest::newRow("service worker") << worker << QByteArray("service worker");
}

void TestAuthenticator::keepsOthersOut()
{
    QFETCH(const Credentials, credentials);
    QFETCH(const QByteArray, why);
    try {
        (void)authenticator().admit(credentials);
        QFAIL("let in");
    } catch (const HttpError &refused) {
        QCOMPARE(refused.status(), 403U);
        QVERIFY2(QByteArray(refused.what()).contains(why), refused.what());
        QVERIFY(!QByteArray(refused.what()).contains(key.c_str()));
    }
}

void TestAuthenticator::saysWhereItIs()
{
    QCOMPARE(authenticator().url(), "http://127.0.0.1:4711/" + key + "/");
    QCOMPARE(authenticator().browserUrl(), "http://" + keyHost + "/");
    QCOMPARE(authenticator().header(), "Latchkey-Key: " + key);
    QCOMPARE(Authenticator("[::1]", 4711, key).url(), "http://[::1]:4711/" + key + "/");
}

void TestAuthenticator::ownPortOfHttpIsLeftOut()
{
    const Authenticator atEighty("127.0.0.1", 80, key);
    const std::string target = "/" + key + "/";
    QCOMPARE(atEighty.url(), "http://127.0.0.1" + target);
    QCOMPARE(atEighty.browserUrl(), "http://" + key + ".localhost/");
}

void TestAuthenticator::everyKeyIsAnother()
{
    const std::string one = newKey();
    QCOMPARE(one.size(), 40U);
    QCOMPARE(one.find_first_not_of("0123456789abcdef"), std::string::npos);
    QVERIFY(one != newKey());
}

void TestAuthenticator::secretsAreComparedWhole()
{
    QVERIFY(isSameSecret("abc", "abc"));
    for (const char *other : {"", "ab", "abcd", "xbc", "abx", "ABC"})
        QVERIFY2(!isSameSecret(other, "abc"), other);
}

QTEST_GUILESS_MAIN(TestAuthenticator)
#include "tst_authenticator.moc"
