// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/kindsearches.h"

#include "support/fakeclock.h"
#include "support/fakenetwork.h"
#include "support/handouts.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestKindSearches final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void moreThanRunWaitForTheirTurn();
    void onlySoManyAreTaken();
    void noProgramKeepsTheOthersFromSearching();
    void aSandboxIsRefused();
    void whoLeavesMakesRoom();
    void silenceIsTold();
    void earlierDeadlineCounts();

private:
    void find(Milliseconds patience = 10s);
    void pass(Milliseconds span);

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    std::unique_ptr<KindSearches> m_searches;
    std::unique_ptr<QObject> m_caller;
    Program m_program;
    QList<Refusal> m_refusals;
};

void TestKindSearches::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_searches = std::make_unique<KindSearches>(
        [this](const Fingerprint &pin) {
            return std::make_unique<KindSearch>(
                shippedKinds(), m_network->factory(), *m_deadlines, pin);
        },
        *m_deadlines);
    m_caller = std::make_unique<QObject>();
    m_program = aProgram();
    m_refusals.clear();
}

void TestKindSearches::cleanup()
{
    m_caller.reset();
    m_searches.reset();
    m_network.reset();
    m_deadlines.reset();
}

void TestKindSearches::find(Milliseconds patience)
{
    m_searches->find(QUrl(u"https://appliance.test"_s), {}, m_clock.now() + patience,
        {m_caller.get(),
            [this] {
                return m_program;
            }},
        [this](const auto &found) {
            QVERIFY(!found);
            m_refusals.append(found.error().reason);
        });
}

void TestKindSearches::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestKindSearches::moreThanRunWaitForTheirTurn()
{
    for (qsizetype i = 0; i < KindSearches::most + 1; ++i)
        find();
    pass(KindSearch::patience);
    QCOMPARE(m_refusals.size(), KindSearches::most);
    QTRY_COMPARE(m_caller->children().size(), 1);
    QCoreApplication::processEvents();
    pass(KindSearch::patience);
    const QList<Refusal> all(KindSearches::most + 1, Refusal::Unreachable);
    QCOMPARE(m_refusals, all);
}

void TestKindSearches::onlySoManyAreTaken()
{
    for (qsizetype i = 0; i < KindSearches::mostWanted; ++i)
        find();
    QVERIFY(m_refusals.isEmpty());
    find();
    QCOMPARE(m_refusals, QList{Refusal::Failed});
    m_caller = std::make_unique<QObject>();
    find();
    QCOMPARE(m_refusals.size(), 1);
}

void TestKindSearches::noProgramKeepsTheOthersFromSearching()
{
    m_program = inWords(aProgram());
    for (qsizetype i = 0; i < KindSearches::mostWanted + 1; ++i)
        find();
    QCOMPARE(m_refusals, QList{Refusal::Failed});
    m_program = aProgram();
    find();
    QCOMPARE(m_refusals, QList{Refusal::Failed});
}

void TestKindSearches::aSandboxIsRefused()
{
    m_program = inWords(aProgram());
    m_program.hasOwnNumbers = true;
    find();
    QCOMPARE(m_refusals, QList{Refusal::Denied});
    QCOMPARE(m_network->count(), 0);
}

void TestKindSearches::whoLeavesMakesRoom()
{
    for (qsizetype i = 0; i < KindSearches::mostWanted; ++i)
        find();
    m_caller = std::make_unique<QObject>();
    find();
    QVERIFY(m_refusals.isEmpty());
}

void TestKindSearches::silenceIsTold()
{
    find();
    pass(KindSearch::patience);
    QCOMPARE(m_refusals, QList{Refusal::Unreachable});
}

void TestKindSearches::earlierDeadlineCounts()
{
    find(1s);
    pass(1s);
    QCOMPARE(m_refusals, QList{Refusal::Unreachable});
    pass(10s);
    QCOMPARE(m_refusals.size(), 1);
}

QTEST_GUILESS_MAIN(TestKindSearches)
#include "tst_kindsearches.moc"
