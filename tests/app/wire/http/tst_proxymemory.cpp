// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/proxymemory.h"

#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestProxyMemory final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void theLastOneIsNotAskedForAgain();
    void eachServerHasItsOwn();
    void asksAnewOnceItHasForgotten();
};

void TestProxyMemory::theLastOneIsNotAskedForAgain()
{
    int asked = 0;
    ProxyMemory memory([&](const QUrl &) {
        return ProxyChoice{
            QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.test"_s, quint16(++asked))};
    });
    const QUrl server(u"https://a.test:1443"_s);
    QCOMPARE(memory.last(server).name(), u"proxy.test:1"_s);
    QCOMPARE(memory.last(server).name(), u"proxy.test:1"_s);
    QCOMPARE(
        memory.find(QUrl(u"https://a.test:1443/api/oauth2/token"_s)).name(), u"proxy.test:2"_s);
    QCOMPARE(memory.last(server).name(), u"proxy.test:2"_s);
    QCOMPARE(asked, 2);
}

void TestProxyMemory::eachServerHasItsOwn()
{
    ProxyMemory memory([](const QUrl &server) {
        return server.host() == "a.test"_L1
            ? ProxyChoice()
            : ProxyChoice{QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.test"_s, 3128)};
    });
    QVERIFY(memory.last(QUrl(u"https://a.test"_s)).isNone());
    QVERIFY(!memory.last(QUrl(u"https://b.test"_s)).isNone());
    QVERIFY(memory.last(QUrl(u"https://a.test"_s)).isNone());
}

void TestProxyMemory::asksAnewOnceItHasForgotten()
{
    ProxyChoice choice;
    ProxyMemory memory([&](const QUrl &) { return choice; });
    const QUrl server(u"https://a.test"_s);
    QVERIFY(memory.last(server).isNone());
    choice = {QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.test"_s, 3128)};
    QVERIFY(memory.last(server).isNone());
    memory.forget();
    QCOMPARE(memory.last(server).name(), u"proxy.test:3128"_s);
}

QTEST_GUILESS_MAIN(TestProxyMemory)
#include "tst_proxymemory.moc"
