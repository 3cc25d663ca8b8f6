// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/connectionrace.h"

#include "support/deadaddress.h"
#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int longWait = 20'000;

} // namespace

class TestConnectionRace final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void takesTheOnlyAddress();
    void passesByADeadAddress();
    void doesNotWaitAfterARefusal();
    void triesTheNextOneAfterAPauseOnly();
    void tellsThatAllRefused();
    void addressesComeInTurn_data();
    void addressesComeInTurn();

private:
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<ConnectionRace> m_race;
    QList<QHostAddress> m_winners;
    std::unique_ptr<QSignalSpy> m_lost;
    QTcpServer m_server;
    const QHostAddress m_live{QHostAddress::LocalHost};
    //! Nobody listens at this port.
    const QHostAddress m_refusing{u"127.0.0.3"_s};
};

void TestConnectionRace::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_race = std::make_unique<ConnectionRace>(*m_deadlines);
    m_lost = std::make_unique<QSignalSpy>(m_race.get(), &ConnectionRace::lost);
    m_winners.clear();
    connect(m_race.get(), &ConnectionRace::won, this,
        [this](const QTcpSocket *socket) { m_winners.append(socket->peerAddress()); });
    QVERIFY(m_server.isListening() || m_server.listen(m_live));
}

void TestConnectionRace::cleanup()
{
    m_race.reset();
    m_deadlines.reset();
}

void TestConnectionRace::takesTheOnlyAddress()
{
    m_race->start({m_live}, m_server.serverPort());
    QTRY_COMPARE_WITH_TIMEOUT(m_winners, QList{m_live}, longWait);
    QVERIFY(!m_deadlines->untilNext());
}

void TestConnectionRace::passesByADeadAddress()
{
    const DeadAddress dead(m_server.serverPort());
    m_race->start({dead.address(), m_live}, m_server.serverPort());
    QCOMPARE(m_deadlines->untilNext(), std::optional(ConnectionRace::pause));
    m_clock.advance(ConnectionRace::pause);
    m_deadlines->look();
    QTRY_COMPARE_WITH_TIMEOUT(m_winners, QList{m_live}, longWait);
}

void TestConnectionRace::doesNotWaitAfterARefusal()
{
    m_race->start({m_refusing, m_refusing, m_live}, m_server.serverPort());
    QTRY_COMPARE_WITH_TIMEOUT(m_winners, QList{m_live}, longWait);
    QCOMPARE(m_lost->count(), 0);
}

void TestConnectionRace::triesTheNextOneAfterAPauseOnly()
{
    const DeadAddress dead(m_server.serverPort());
    m_race->start({dead.address(), dead.address(), m_live}, m_server.serverPort());
    m_clock.advance(ConnectionRace::pause);
    m_deadlines->look();
    QCOMPARE(m_deadlines->untilNext(), std::optional(ConnectionRace::pause));
    QVERIFY(m_winners.isEmpty());
    m_clock.advance(ConnectionRace::pause);
    m_deadlines->look();
    QVERIFY(!m_deadlines->untilNext());
    QTRY_COMPARE_WITH_TIMEOUT(m_winners, QList{m_live}, longWait);
}

void TestConnectionRace::tellsThatAllRefused()
{
    m_race->start({m_refusing, m_refusing}, m_server.serverPort());
    QTRY_COMPARE_WITH_TIMEOUT(m_lost->count(), 1, longWait);
    QVERIFY(m_winners.isEmpty());
}

void TestConnectionRace::addressesComeInTurn_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("none") << QStringList() << QStringList();
    QTest::newRow("all alike") << QStringList{u"10.0.0.1"_s, u"10.0.0.2"_s}
                               << QStringList{u"10.0.0.1"_s, u"10.0.0.2"_s};
    QTest::newRow("IPv6 first") << QStringList{u"fd00::1"_s, u"fd00::2"_s, u"fd00::3"_s,
        u"10.0.0.1"_s} << QStringList{u"fd00::1"_s, u"10.0.0.1"_s, u"fd00::2"_s, u"fd00::3"_s};
    QTest::newRow("IPv4 first") << QStringList{u"10.0.0.1"_s, u"10.0.0.2"_s, u"fd00::1"_s}
                                << QStringList{u"10.0.0.1"_s, u"fd00::1"_s, u"10.0.0.2"_s};
}

void TestConnectionRace::addressesComeInTurn()
{
    QFETCH(const QStringList, given);
    QFETCH(const QStringList, expected);
    QList<QHostAddress> addresses;
    for (const QString &address : given)
        addresses.append(QHostAddress(address));
    QStringList turns;
    for (const QHostAddress &address : inTurn(addresses))
        turns.append(address.toString());
    QCOMPARE(turns, expected);
}

QTEST_GUILESS_MAIN(TestConnectionRace)
#include "tst_connectionrace.moc"
