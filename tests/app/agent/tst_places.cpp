// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/places.h"

#include "support/fakeclock.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

namespace {

const Holder curl{FileId{1, 1, 1}};
const Holder python{FileId{1, 2, 1}};
const Holder newcomer{FileId{1, 3, 1}};
const Holder isolated{{}, {}, true};
const Holder unseen{};

} // namespace

//! What the server does with it is tested in tst_agentserver.
class TestPlaces final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_owner.reset(); }

    void thereIsRoomUntilAllAreTaken();
    void unknownProgramsHaveASmallShare_data();
    void unknownProgramsHaveASmallShare();
    void whoHoldsMostGivesWay();
    void watchersOfOthersStay();
    void whoHoldsAsManyAsTheNewcomerKeepsItsCalls();
    void aSmallerShareDoesNotGiveWay();
    void aShareThatIsUpGivesWayToItself();

private:
    AgentConnection *take(Places &places, const Holder &holder, int waiting = 0);

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<QObject> m_owner;
    qint64 m_lines = 0;
};

void TestPlaces::init()
{
    failOnAnyWarning();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_owner = std::make_unique<QObject>();
}

AgentConnection *TestPlaces::take(Places &places, const Holder &holder, int waiting)
{
    auto *connection = new AgentConnection(
        std::make_unique<PeerSocket>(-1), Peer(), holder, *m_deadlines, m_owner.get());
    connection->heardAt = ++m_lines;
    connection->waiting = waiting;
    places.take(connection);
    return connection;
}

void TestPlaces::thereIsRoomUntilAllAreTaken()
{
    Places places(2);
    take(places, curl);
    AgentConnection *second = take(places, unseen);
    QVERIFY(!places.hasRoomFor(newcomer));
    QVERIFY(!places.hasRoomFor(unseen));
    places.leave(second);
    QVERIFY(places.hasRoomFor(newcomer));
    QVERIFY(places.hasRoomFor(unseen));
}

void TestPlaces::unknownProgramsHaveASmallShare_data()
{
    QTest::addColumn<Holder>("holder");
    QTest::addColumn<Holder>("other");
    QTest::newRow("with process numbers of their own") << isolated << unseen;
    QTest::newRow("others") << unseen << isolated;
}

void TestPlaces::unknownProgramsHaveASmallShare()
{
    QFETCH(const Holder, holder);
    QFETCH(const Holder, other);
    Places places(1000);
    for (int i = 0; i < Places::mostOfUnknown; ++i) {
        QVERIFY(places.hasRoomFor(holder));
        take(places, holder, 1);
    }
    QVERIFY(!places.hasRoomFor(holder));
    QVERIFY(places.hasRoomFor(other));
    QVERIFY(places.hasRoomFor(curl));
}

void TestPlaces::whoHoldsMostGivesWay()
{
    Places places(6);
    take(places, curl);
    AgentConnection *oldest = take(places, python, 1);
    take(places, python, 1);
    AgentConnection *watching = take(places, python);
    watching->watchedName = QString();
    AgentConnection *silent = take(places, python);
    AgentConnection *neverHeard = take(places, python);
    neverHeard->heardAt = 0;
    for (AgentConnection *first : {neverHeard, silent, watching, oldest}) {
        QCOMPARE(places.whoGivesWayTo(newcomer), first);
        if (first != oldest) {
            places.leave(first);
            take(places, python, 1);
        }
    }
}

void TestPlaces::watchersOfOthersStay()
{
    Places places(5);
    take(places, curl)->watchedName = QString();
    take(places, curl)->watchedName = QString();
    AgentConnection *oldest = take(places, isolated, 1);
    take(places, isolated, 1);
    take(places, isolated, 1);
    QCOMPARE(places.whoGivesWayTo(newcomer), oldest);
}

void TestPlaces::whoHoldsAsManyAsTheNewcomerKeepsItsCalls()
{
    Places places(2);
    take(places, curl, 1);
    AgentConnection *other = take(places, python, 1);
    QCOMPARE(places.whoGivesWayTo(newcomer), nullptr);
    QCOMPARE(places.whoGivesWayTo(python), nullptr);
    other->waiting = 0;
    QCOMPARE(places.whoGivesWayTo(newcomer), other);
}

void TestPlaces::aSmallerShareDoesNotGiveWay()
{
    Places places(3);
    take(places, curl);
    take(places, python, 1);
    AgentConnection *its = take(places, python, 1);
    QCOMPARE(places.whoGivesWayTo(python), nullptr);
    its->waiting = 0;
    QCOMPARE(places.whoGivesWayTo(python), its);
}

void TestPlaces::aShareThatIsUpGivesWayToItself()
{
    Places places(1000);
    for (int i = 0; i < 2 * Places::mostOfUnknown; ++i)
        take(places, python);
    AgentConnection *oldest = take(places, isolated, 1);
    for (int i = 1; i < Places::mostOfUnknown; ++i)
        take(places, isolated, 1);
    QCOMPARE(places.whoGivesWayTo(isolated), oldest);
}

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
