// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/shareddoctor.h"

#include "support/fakeclock.h"
#include "support/fakedoctor.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSharedDoctor final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void oneReportAnswersAllWhoWait();
    void eachWaitsNoLongerThanItsOwnDeadline();
    void nobodysHasteMakesAnothersReportPoor();
    void whoIsPatientAtFirstIsPatientForAll();
    void itEndsWithTheLastWhoWaits();
    void theNextOneBeginsASecondAfterTheLast();
    void whoLeavesInTheMidstOfTheAnswersGetsNone();
    void whoLeavesBeforeItBeginsIsForgotten();

private:
    void ask(Milliseconds patience);
    void pass(Milliseconds span);
    void tell() { Q_EMIT m_current->examined({{u"program"_s, u"whole"_s}}); }

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<SharedDoctor> m_doctor;
    std::unique_ptr<QObject> m_caller;
    QPointer<FakeDoctor> m_current;
    int m_made = 0;
    QStringList m_answers;
};

void TestSharedDoctor::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_made = 0;
    m_answers.clear();
    m_caller = std::make_unique<QObject>();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_doctor = std::make_unique<SharedDoctor>(
        [this](const QString &) {
            auto doctor = std::make_unique<FakeDoctor>();
            m_current = doctor.get();
            ++m_made;
            return doctor;
        },
        *m_deadlines);
}

void TestSharedDoctor::cleanup()
{
    m_caller.reset();
    m_doctor.reset();
    m_deadlines.reset();
}

void TestSharedDoctor::ask(Milliseconds patience)
{
    m_doctor->ask(m_clock.now() + patience, m_caller.get(),
        [this](const QJsonObject &report) { m_answers.append(report["program"_L1].toString()); });
}

void TestSharedDoctor::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestSharedDoctor::oneReportAnswersAllWhoWait()
{
    for (int i = 0; i < 8192; ++i)
        ask(10s);
    QCOMPARE(m_made, 1);
    QVERIFY(m_answers.isEmpty());
    tell();
    QCOMPARE(m_answers.size(), SharedDoctor::answersAtOnce); // then others have their turn
    QTRY_COMPARE(m_answers.size(), 8192);
    QCOMPARE(m_answers.last(), u"whole"_s);
    QTRY_VERIFY(!m_current);
    pass(1h);
    QCOMPARE(m_answers.size(), 8192);
}

void TestSharedDoctor::eachWaitsNoLongerThanItsOwnDeadline()
{
    ask(10s);
    ask(5s);
    ask(3s);
    pass(3s);
    QCOMPARE(m_answers, QStringList(u"so far"_s));
    pass(2s);
    QCOMPARE(m_answers, QStringList({u"so far"_s, u"so far"_s}));
    tell();
    QCOMPARE(m_answers.last(), u"whole"_s);
    QCOMPARE(m_answers.size(), 3);
    QCOMPARE(m_made, 1);
}

void TestSharedDoctor::nobodysHasteMakesAnothersReportPoor()
{
    ask(1ms);
    QCOMPARE(m_current->deadline, m_clock.now() + 10s);
    ask(10s);
    pass(1ms);
    QCOMPARE(m_answers.size(), 1);
    tell();
    QCOMPARE(m_answers.last(), u"whole"_s);
}

void TestSharedDoctor::whoIsPatientAtFirstIsPatientForAll()
{
    ask(60s);
    QCOMPARE(m_current->deadline, m_clock.now() + 60s);
}

void TestSharedDoctor::itEndsWithTheLastWhoWaits()
{
    ask(10s);
    QObject other;
    m_doctor->ask(m_clock.now() + 5s, &other, [](const QJsonObject &) { });
    m_caller.reset();
    QVERIFY(m_current);
    pass(5s);
    QVERIFY(!m_current);
    QVERIFY(m_answers.isEmpty());
}

void TestSharedDoctor::theNextOneBeginsASecondAfterTheLast()
{
    ask(10s);
    tell();
    for (int i = 0; i < 10; ++i) {
        ask(10s);
        m_caller = std::make_unique<QObject>(); // and hangs up
    }
    ask(10s);
    QVERIFY(!m_current->deadline);
    pass(1s - 1ms);
    QVERIFY(!m_current->deadline);
    pass(1ms);
    QVERIFY(m_current->deadline);
    tell();
    QCOMPARE(m_answers, QStringList({u"whole"_s, u"whole"_s}));
}

void TestSharedDoctor::whoLeavesInTheMidstOfTheAnswersGetsNone()
{
    for (int i = 0; i < 100; ++i)
        ask(10s);
    tell();
    m_caller.reset();
    QTRY_VERIFY(!m_current);
    QCoreApplication::processEvents();
    QCOMPARE(m_answers.size(), SharedDoctor::answersAtOnce);
}

void TestSharedDoctor::whoLeavesBeforeItBeginsIsForgotten()
{
    ask(10s);
    tell();
    ask(10s);
    m_caller.reset();
    pass(10s);
    QVERIFY(!m_current);
    QCOMPARE(m_answers.size(), 1);
}

QTEST_GUILESS_MAIN(TestSharedDoctor)
#include "tst_shareddoctor.moc"
