// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/gateway/door.h"

#include "ctl/gateway/text.h"

#include <QTest>

using namespace latchkey::ctl;

class TestDoor final : public QObject {
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

Door door()
{
    return {"127.0.0.1", 4711, key};
}

Knock knock(std::string_view target, std::string_view host)
{
    Knock knock;
    knock.target = target;
    knock.hosts = {host};
    return knock;
}

} // namespace

Q_DECLARE_METATYPE(Knock)

void TestDoor::letsInWhoHasAProof_data()
{
    QTest::addColumn<Knock>("knock");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("base");
    static const std::string prefixed = "/" + key + "/api?x=1";
    static const std::string bare = "/" + key;
    static const std::string barePlusQuery = "/" + key + "?x=1";
    const QByteArray keyed = QByteArray::fromStdString("/" + key);
    QTest::newRow("prefix") << knock(prefixed, "127.0.0.1:4711") << QByteArray("/api?x=1")
                            << "http://127.0.0.1:4711" + keyed;
    QTest::newRow("prefix, localhost") << knock(prefixed, "localhost:4711")
                                       << QByteArray("/api?x=1") << "http://localhost:4711" + keyed;
    QTest::newRow("prefix alone") << knock(bare, "127.0.0.1:4711") << QByteArray("/")
                                  << "http://127.0.0.1:4711" + keyed;
    QTest::newRow("prefix and query") << knock(barePlusQuery, "127.0.0.1:4711")
                                      << QByteArray("/?x=1") << "http://127.0.0.1:4711" + keyed;
    Knock byHeader = knock("/api", "127.0.0.1:4711");
    byHeader.keys = {key};
    QTest::newRow("header") << byHeader << QByteArray("/api")
                            << QByteArray("http://127.0.0.1:4711");
    Knock byHost = knock("/api", keyHost);
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

void TestDoor::letsInWhoHasAProof()
{
    QFETCH(const Knock, knock);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, base);
    const auto entry = door().admit(knock);
    QVERIFY(entry);
    QCOMPARE(QByteArray::fromStdString(entry->target), target);
    QCOMPARE(QByteArray::fromStdString(entry->base), base);
}

void TestDoor::keepsOthersOut_data()
{
    QTest::addColumn<Knock>("knock");
    static const std::string prefixed = "/" + key + "/api";
    static const std::string longer = "/" + key + "0/api";
    static const std::string shorter = "/" + key.substr(1) + "/api";
    static const std::string second = "/api/" + key;
    static const std::string twoNames = "x." + keyHost;
    static const std::string otherPort = key + ".localhost:4712";
    static const std::string evilName = key + ".localhost.evil:4711";
    QTest::newRow("nothing") << knock("/api", "127.0.0.1:4711");
    QTest::newRow("longer key") << knock(longer, "127.0.0.1:4711");
    QTest::newRow("shorter key") << knock(shorter, "127.0.0.1:4711");
    QTest::newRow("key in the wrong place") << knock(second, "127.0.0.1:4711");
    QTest::newRow("whole URL") << knock("http://127.0.0.1:4711/", "127.0.0.1:4711");
    for (const std::string_view host :
        {std::string_view("evil.example:4711"), std::string_view("evil.example"),
            std::string_view("127.0.0.1"), std::string_view("127.0.0.1:4712"),
            std::string_view("127.0.0.2:4711"), std::string_view("localhost"),
            std::string_view("x.localhost:4711"), std::string_view(""), std::string_view(twoNames),
            std::string_view(otherPort), std::string_view(evilName)})
        QTest::addRow("host %s", host.data()) << knock(prefixed, host);
    Knock twice = knock(prefixed, "127.0.0.1:4711");
    twice.hosts.emplace_back("evil.example");
    QTest::newRow("two hosts") << twice;
    twice.hosts.clear();
    QTest::newRow("no host") << twice;
    for (const std::string_view origin : {"null", "https://evil.example", "http://127.0.0.1:4712",
             "http://localhost:4711", "https://127.0.0.1:4711", ""}) {
        Knock strange = knock(prefixed, "127.0.0.1:4711");
        strange.origins = {origin};
        QTest::addRow("origin %s", origin.data()) << strange;
    }
    for (const std::string_view site : {"cross-site", "same-site", ""}) {
        Knock strange = knock(prefixed, "127.0.0.1:4711");
        strange.sites = {site};
        QTest::addRow("site %s", site.data()) << strange;
    }
    Knock keys = knock("/api", "127.0.0.1:4711");
    keys.keys = {key, "x"};
    QTest::newRow("two keys") << keys;
}

void TestDoor::keepsOthersOut()
{
    QFETCH(const Knock, knock);
    QVERIFY(!door().admit(knock));
}

void TestDoor::saysWhereItIs()
{
    QCOMPARE(door().url(), "http://127.0.0.1:4711/" + key + "/");
    QCOMPARE(door().browserUrl(), "http://" + keyHost + "/");
    QCOMPARE(door().header(), "Latchkey-Key: " + key);
    QCOMPARE(Door("[::1]", 4711, key).url(), "http://[::1]:4711/" + key + "/");
}

void TestDoor::ownPortOfHttpIsLeftOut()
{
    const Door atEighty("127.0.0.1", 80, key);
    const std::string target = "/" + key + "/";
    QVERIFY(atEighty.admit(knock(target, "127.0.0.1")));
    QVERIFY(atEighty.admit(knock(target, "localhost")));
    QVERIFY(!atEighty.admit(knock("/", "localhost")));
}

void TestDoor::everyKeyIsAnother()
{
    const std::string one = newKey();
    QCOMPARE(one.size(), 40U);
    QCOMPARE(one.find_first_not_of("0123456789abcdef"), std::string::npos);
    QVERIFY(one != newKey());
}

void TestDoor::secretsAreComparedWhole()
{
    QVERIFY(isSameSecret("abc", "abc"));
    for (const char *other : {"", "ab", "abcd", "xbc", "abx", "ABC"})
        QVERIFY2(!isSameSecret(other, "abc"), other);
}

QTEST_GUILESS_MAIN(TestDoor)
#include "tst_door.moc"
