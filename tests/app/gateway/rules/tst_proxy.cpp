// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/proxy.h"

#include "client/failure.h"

#include <QTest>

using namespace latchkey::ctl;

class TestProxy final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isReadFromItsAddress_data();
    void isReadFromItsAddress();
    void isNoneWhereNoneIsNamed();
    void whatCannotBeUsedIsRefused_data();
    void whatCannotBeUsedIsRefused();
};

void TestProxy::isReadFromItsAddress_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("credentials");
    QTest::newRow("plain") << "http://proxy.example:3128" << "proxy.example:3128" << "";
    QTest::newRow("slash") << "http://proxy.example:3128/" << "proxy.example:3128" << "";
    QTest::newRow("no port") << "http://proxy.example" << "proxy.example:80" << "";
    QTest::newRow("IPv6") << "http://[::1]:3128" << "[::1]:3128" << "";
    QTest::newRow("IPv6, no port") << "http://[::1]" << "[::1]:80" << "";
    QTest::newRow("user") << "http://alenka@proxy.example:1" << "proxy.example:1" << "alenka:";
    QTest::newRow("password") << "http://al:ka@proxy.example:1" << "proxy.example:1" << "al:ka";
    QTest::newRow("encoded") << "http://a%40b:p%3A%2F%25@proxy.example:1" << "proxy.example:1"
                             << "a@b:p:/%";
}

void TestProxy::isReadFromItsAddress()
{
    QFETCH(const QString, url);
    const auto proxy = Proxy::from({{"proxy", url.toStdString()}});
    QVERIFY(proxy);
    QTEST(QString::fromStdString(proxy->place()), "place");
    const auto credentials = QByteArray::fromBase64(
        QByteArray::fromStdString(proxy->credentials), QByteArray::AbortOnBase64DecodingErrors);
    QTEST(QString::fromUtf8(credentials), "credentials");
    QVERIFY(proxy->place().find('@') == std::string::npos);
}

void TestProxy::isNoneWhereNoneIsNamed()
{
    QVERIFY(!Proxy::from({{"proxy", nullptr}}));
    QVERIFY(!Proxy::from({{"server", "https://appliance.example"}}));
}

void TestProxy::whatCannotBeUsedIsRefused_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"", "proxy.example:3128", "socks5://proxy.example:1", "http://",
             "http://:3128", "http://proxy.example:x", "http://proxy.example:", "http://[::1:3128",
             "http://a b:1", "http://user:secret@:1", "http://a\r\nb:1"})
        QTest::newRow(url) << url;
}

void TestProxy::whatCannotBeUsedIsRefused()
{
    QFETCH(const QString, url);
    try {
        (void)Proxy::from({{"proxy", url.toStdString()}});
        QFAIL("taken");
    } catch (const Failure &failure) {
        QVERIFY(!QByteArray(failure.what()).contains("secret"));
    }
}

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
