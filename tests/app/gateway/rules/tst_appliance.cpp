// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/appliance.h"

#include "client/failure.h"

#include <QTest>

using namespace latchkey::ctl;

class TestAppliance final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressIsTakenApart_data();
    void addressIsTakenApart();
    void whatCannotBeSentToIsAFailure_data();
    void whatCannotBeSentToIsAFailure();
    void httpGoesThroughNoProxy();
    void pinMakesAnother();
    void placeIsTheSameWhateverThePin();
    void locationsAreLocalised_data();
    void locationsAreLocalised();
};

namespace {

Appliance at(const char *server)
{
    return Appliance::from({{"server", server}, {"pin", nullptr}});
}

} // namespace

void TestAppliance::addressIsTakenApart_data()
{
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char *server, const char *told) {
        QTest::newRow(server) << QByteArray(told);
    };
    row("https://backup.example", "1|backup.example|443|backup.example|");
    row("https://backup.example/", "1|backup.example|443|backup.example|");
    row("https://backup.example:1443", "1|backup.example|1443|backup.example:1443|");
    row("https://backup.example/veeam/", "1|backup.example|443|backup.example|/veeam");
    row("https://h:1/a/b", "1|h|1|h:1|/a/b");
    row("https://[fe80::1]:1443/x", "1|fe80::1|1443|[fe80::1]:1443|/x");
    row("https://[::1]", "1|::1|443|[::1]|");
    row("http://127.0.0.1:8080", "0|127.0.0.1|8080|127.0.0.1:8080|");
    row("http://localhost", "0|localhost|80|localhost|");
}

void TestAppliance::addressIsTakenApart()
{
    QFETCH(const QByteArray, told);
    const Appliance appliance = at(QTest::currentDataTag());
    QCOMPARE(std::to_string(appliance.isSecure ? 1 : 0) + "|" + appliance.host + "|"
            + appliance.port + "|" + appliance.authority + "|" + appliance.basePath,
        told.toStdString());
}

void TestAppliance::whatCannotBeSentToIsAFailure_data()
{
    QTest::addColumn<int>("nothing");
    for (const char *server :
        {"", "https://", "http://", "ftp://x", "backup.example", "http://backup.example",
            "http://127.evil.example", "https://user@host", "https://h\xc3\xb6st"})
        QTest::newRow(server) << 0;
}

void TestAppliance::whatCannotBeSentToIsAFailure()
{
    QVERIFY_THROWS_EXCEPTION(Failure, static_cast<void>(at(QTest::currentDataTag())));
}

void TestAppliance::httpGoesThroughNoProxy()
{
    nlohmann::json session{{"server", "https://localhost"}, {"proxy", "http://127.0.0.1:3128"}};
    QVERIFY(Appliance::from(session).proxy);
    session["server"] = "http://localhost";
    QVERIFY_THROWS_EXCEPTION(Failure, static_cast<void>(Appliance::from(session)));
}

void TestAppliance::pinMakesAnother()
{
    const Appliance one = Appliance::from({{"server", "https://h"}, {"pin", "AA:BB"}});
    QCOMPARE(one.pin, "AA:BB");
    QVERIFY(one != at("https://h"));
    QVERIFY(at("https://h/") == at("https://h"));
}

void TestAppliance::placeIsTheSameWhateverThePin()
{
    const Appliance one = at("https://h/a");
    QVERIFY(one.isWhere(Appliance::from({{"server", "https://h/a"}, {"pin", "AA:BB"}})));
    for (const char *other :
        {"https://g/a", "https://h/b", "https://h", "https://h:1/a", "http://127.0.0.1/a"})
        QVERIFY2(!one.isWhere(at(other)), other);
    QVERIFY(!at("http://127.0.0.1:443").isWhere(at("https://127.0.0.1")));
}

void TestAppliance::locationsAreLocalised_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("localised");
    const auto row = [](const char *location, const char *localised) {
        QTest::newRow(location) << QByteArray(location) << QByteArray(localised);
    };
    row("https://h:1/veeam/x?y=1", "http://l/KEY/x?y=1");
    row("https://H:1/veeam/x", "http://l/KEY/x");
    row("https://h:1/veeam", "http://l/KEY");
    row("/veeam/x", "http://l/KEY/x");
    row("x/y", "x/y");
    row("?x", "?x");
    row("https://h:1/other", "https://h:1/other");
    row("https://h:1/veeamer", "https://h:1/veeamer");
    row("https://h:1", "https://h:1");
    row("https://h:1.evil/veeam", "https://h:1.evil/veeam");
    row("https://evil/veeam/x", "https://evil/veeam/x");
    row("//evil/veeam/x", "//evil/veeam/x");
    row("http://h:1/veeam/x", "http://h:1/veeam/x");
}

void TestAppliance::locationsAreLocalised()
{
    QFETCH(const QByteArray, location);
    QFETCH(const QByteArray, localised);
    QCOMPARE(at("https://h:1/veeam").localised(location.toStdString(), "http://l/KEY"),
        localised.toStdString());
    QCOMPARE(at("https://h:1").localised("https://h:1", "http://l"), "http://l");
    QCOMPARE(at("https://h:1").localised("/x", "http://l"), "http://l/x");
    QCOMPARE(at("https://h:1").localised("//evil/x", "http://l"), "//evil/x");
}

QTEST_GUILESS_MAIN(TestAppliance)
#include "tst_appliance.moc"
