// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/consent.h"

#include "support/fakeclock.h"
#include "support/handouts.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestConsent final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void onePromptHoweverManyWait();
    void onceIsForThoseThatWait();
    void whatIsAllowedForLongerIsRemembered();
    void questionsComeOneAfterTheOther();
    void aNoAnswersAllOfThem();
    void aCallEndsAtItsOwnDeadline();
    void thePromptGoesWithTheLastWhoWaits();
    void lockingEndsQuestionsAndWhatWasAllowedUntilThen();
    void aForgottenSessionIsNotAskedAbout();
    void aRenamedSessionKeepsWhatWasDecided();
    void withoutAPromptItEnds();
    void whoIsNotKnownIsAllowedOnceAtMost();
    void moreThanATokenIsAllowedEachTimeAnew();
    void whoIsNotCertainIsAllowedOnceAtMost();
    void aNoIsRememberedForAWhile();
    void aNoEndsQuestionsThatItAnswers();
    void aNoIsRememberedWhateverTheDeed();
    void aNewSessionBeginsWithNothingDecided();
    void oneProgramHasOnlySoManyQuestions_data();
    void oneProgramHasOnlySoManyQuestions();
    void questionsAreOnlySoMany();
    void whatIsRevokedEndsAtOnce();
    void whoIsBlockedIsNotAskedAbout();
    void itIsToldWhenAnHourIsOver();

private:
    //! The outcome of a question; nothing while it is open.
    using Outcome = std::shared_ptr<std::optional<ConsentCall::Outcome>>;
    Outcome ask(const Program &program, const QString &session = u"prod"_s,
        Milliseconds patience = 10s, const Permission &permission = {});

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeConsentPrompt> m_prompt;
    std::unique_ptr<Consent> m_consent;
    std::unique_ptr<QObject> m_caller;
};

void TestConsent::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_prompt = std::make_unique<FakeConsentPrompt>();
    m_consent = std::make_unique<Consent>(*m_deadlines, m_folder->filePath(u"programs.json"_s));
    m_consent->setPrompt(m_prompt.get());
    m_caller = std::make_unique<QObject>();
}

void TestConsent::cleanup()
{
    m_caller.reset();
    m_consent.reset();
    m_prompt.reset();
    m_deadlines.reset();
}

TestConsent::Outcome TestConsent::ask(const Program &program, const QString &session,
    Milliseconds patience, const Permission &permission)
{
    const auto outcome = std::make_shared<std::optional<ConsentCall::Outcome>>();
    auto *call = new ConsentCall(*m_deadlines, m_deadlines->now() + patience, m_caller.get());
    connect(call, &ConsentCall::finished, this, [outcome](auto told) { *outcome = told; });
    m_consent->ask(session, program, call, permission);
    return outcome;
}

void TestConsent::onePromptHoweverManyWait()
{
    const auto first = ask(aProgram());
    Program again = aProgram();
    again.pid = 4712;
    const auto second = ask(again);
    QVERIFY(m_prompt->shown);
    QCOMPARE(m_prompt->shown->program, aProgram());
    QCOMPARE(m_prompt->shown->others, 0);
    QVERIFY(!m_prompt->shown->isOnceOnly);
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(*first == ConsentCall::Outcome::Allowed);
    QVERIFY(*second == ConsentCall::Outcome::Allowed);
    QVERIFY(!m_prompt->shown);
}

void TestConsent::onceIsForThoseThatWait()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
}

void TestConsent::whatIsAllowedForLongerIsRemembered()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::OneHour);
    QVERIFY(m_consent->isGiven(u"prod"_s, aProgram()));
    QVERIFY(!m_consent->isGiven(u"test"_s, aProgram()));
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram(u"/usr/bin/wget"_s)));
}

void TestConsent::questionsComeOneAfterTheOther()
{
    const auto curl = ask(aProgram());
    const auto wget = ask(aProgram(u"/usr/bin/wget"_s));
    const auto other = ask(aProgram(), u"test"_s);
    QCOMPARE(m_prompt->shown->program, aProgram());
    QCOMPARE(m_prompt->shown->others, 2);
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(*curl == ConsentCall::Outcome::Allowed);
    QVERIFY(!wget->has_value() && !other->has_value());
    QCOMPARE(m_prompt->shown->program.executable, u"/usr/bin/wget"_s);
    Q_EMIT m_prompt->decided(Decision::Deny);
    QVERIFY(*wget == ConsentCall::Outcome::Refused);
    QCOMPARE(m_prompt->shown->session, u"test"_s);
    QCOMPARE(m_prompt->shown->others, 0);
}

void TestConsent::aNoAnswersAllOfThem()
{
    const auto first = ask(aProgram());
    const auto second = ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::Deny);
    QVERIFY(*first == ConsentCall::Outcome::Refused);
    QVERIFY(*second == ConsentCall::Outcome::Refused);
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
}

void TestConsent::aCallEndsAtItsOwnDeadline()
{
    const auto hasty = ask(aProgram(), u"prod"_s, 1s);
    const auto patient = ask(aProgram(), u"prod"_s, 10s);
    m_clock.advance(1s);
    m_deadlines->look();
    QVERIFY(*hasty == ConsentCall::Outcome::TooLate);
    QVERIFY(m_prompt->shown);
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(*patient == ConsentCall::Outcome::Allowed);
}

void TestConsent::thePromptGoesWithTheLastWhoWaits()
{
    (void)ask(aProgram());
    (void)ask(aProgram());
    m_caller.reset();
    QVERIFY(!m_prompt->shown);
    Q_EMIT m_prompt->decided(Decision::Always); // a click that came too late
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
}

void TestConsent::lockingEndsQuestionsAndWhatWasAllowedUntilThen()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::UntilLock);
    QVERIFY(m_consent->isGiven(u"prod"_s, aProgram()));
    const auto open = ask(aProgram(u"/usr/bin/wget"_s));
    m_consent->endUntilLock();
    QVERIFY(m_prompt->shown);
    m_consent->refuseAll();
    QVERIFY(*open == ConsentCall::Outcome::Refused);
    QVERIFY(!m_prompt->shown);
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
}

void TestConsent::aForgottenSessionIsNotAskedAbout()
{
    const auto gone = ask(aProgram());
    const auto stays = ask(aProgram(), u"test"_s);
    m_consent->forget(u"prod"_s);
    QVERIFY(*gone == ConsentCall::Outcome::SessionGone);
    QVERIFY(!stays->has_value());
    QCOMPARE(m_prompt->shown->session, u"test"_s);
}

void TestConsent::aRenamedSessionKeepsWhatWasDecided()
{
    ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::OneHour);
    const auto open = ask(aProgram(u"/usr/bin/wget"_s));
    m_consent->rename(u"prod"_s, u"prod-eu"_s);
    QVERIFY(*open == ConsentCall::Outcome::SessionGone);
    QVERIFY(!m_prompt->shown);
    QVERIFY(m_consent->isGiven(u"prod-eu"_s, aProgram()));
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
}

void TestConsent::withoutAPromptItEnds()
{
    const auto open = ask(aProgram());
    m_consent->setPrompt(nullptr);
    QVERIFY(!m_consent->canAsk());
    QVERIFY(*open == ConsentCall::Outcome::Refused);
}

void TestConsent::whoIsNotKnownIsAllowedOnceAtMost()
{
    const Program unknown{4711, {}, {}, {}};
    const auto known = ask(aProgram()); // with the same process number
    const auto first = ask(unknown);
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(known->has_value() && !first->has_value());
    const auto other = ask({4712, {}, {}, {}});
    QVERIFY(m_prompt->shown->isOnceOnly);
    Q_EMIT m_prompt->decided(Decision::Always);
    QVERIFY(*first == ConsentCall::Outcome::Allowed);
    QVERIFY(!other->has_value());
    QVERIFY(!m_consent->isGiven(u"prod"_s, unknown));
}

void TestConsent::moreThanATokenIsAllowedEachTimeAnew()
{
    const Permission signOut{Permission::SignOut};
    const auto token = ask(aProgram());
    const auto first = ask(aProgram(), u"prod"_s, 10s, signOut);
    const auto same = ask(aProgram(), u"prod"_s, 10s, signOut);
    const auto other = ask(aProgram(), u"prod"_s, 10s, {Permission::Forget});
    QCOMPARE(m_prompt->shown->permission, Permission());
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(token->has_value() && !first->has_value());
    QCOMPARE(m_prompt->shown->permission, signOut);
    Q_EMIT m_prompt->decided(Decision::Always);
    QVERIFY(*first == ConsentCall::Outcome::Allowed);
    QVERIFY(*same == ConsentCall::Outcome::Allowed);
    QVERIFY(!other->has_value());
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
    const auto again = ask(aProgram(), u"prod"_s, 10s, signOut);
    QVERIFY(!again->has_value());
}

void TestConsent::whoIsNotCertainIsAllowedOnceAtMost()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::Always);
    QVERIFY(!m_consent->isGiven(u"prod"_s, inWords(aProgram())));
    (void)ask(inWords(aProgram()));
    QVERIFY(m_prompt->shown->isOnceOnly);
}

void TestConsent::aNoIsRememberedForAWhile()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(!m_consent->isDenied(u"prod"_s, aProgram()));
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::Deny);
    QVERIFY(m_consent->isDenied(u"prod"_s, aProgram()));
    QVERIFY(!m_consent->isDenied(u"prod"_s, {4711, {}, {}, {}}));
    (void)ask({4711, {}, {}, {}});
    Q_EMIT m_prompt->decided(Decision::Deny);
    QVERIFY(m_consent->isDenied(u"prod"_s, {4712, {}, {}, {}}));
}

//! They are not asked again, and so not now either.
void TestConsent::aNoEndsQuestionsThatItAnswers()
{
    const auto first = ask({4711, {}, {}, {}}, u"a"_s);
    const auto second = ask({4712, {}, {}, {}}, u"b"_s);
    const auto other = ask(aProgram());
    const int shows = m_prompt->shows;
    Q_EMIT m_prompt->decided(Decision::Deny);
    QVERIFY(*first == ConsentCall::Outcome::Refused);
    QVERIFY(*second == ConsentCall::Outcome::Refused);
    QVERIFY(!other->has_value());
    QCOMPARE(m_prompt->shown->program, aProgram());
    QCOMPARE(m_prompt->shows, shows + 1);
}

void TestConsent::aNoIsRememberedWhateverTheDeed()
{
    Permission rename{Permission::Rename};
    rename.newName = u"test"_s;
    (void)ask(aProgram(), u"prod"_s, 10s, rename);
    Q_EMIT m_prompt->decided(Decision::Deny);
    QVERIFY(m_consent->isDenied(u"prod"_s, aProgram(), Permission::Rename));
    QVERIFY(!m_consent->isDenied(u"prod"_s, aProgram(), Permission::SignOut));
    QVERIFY(!m_consent->isDenied(u"prod"_s, aProgram()));
}

void TestConsent::aNewSessionBeginsWithNothingDecided()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::Always);
    QVERIFY(m_consent->isGiven(u"prod"_s, aProgram()));
    const auto waiting = ask(aProgram(), u"prod"_s, 10s, {Permission::OtherAccount});
    m_consent->begin(u"prod"_s);
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
    QVERIFY(!waiting->has_value());
}

void TestConsent::oneProgramHasOnlySoManyQuestions_data()
{
    QTest::addColumn<Program>("greedy");
    QTest::addColumn<Program>("itsChild");
    QTest::newRow("known") << aProgram() << aProgram();
    QTest::newRow("not known") << Program{4711, {}, {}, {}} << Program{4712, {}, {}, {}};
}

void TestConsent::oneProgramHasOnlySoManyQuestions()
{
    QFETCH(const Program, greedy);
    QFETCH(const Program, itsChild);
    const Program other = aProgram(u"/usr/bin/wget"_s);
    QList<Outcome> open;
    for (int i = 0; i < Consent::mostOfAProgram; ++i)
        open.append(ask(greedy, u"session-%1"_s.arg(i)));
    const auto refused = ask(itsChild, u"one-more"_s);
    QVERIFY(*refused == ConsentCall::Outcome::TooMany);
    QCOMPARE(m_prompt->shown->others, Consent::mostOfAProgram - 1);
    const auto joined = ask(greedy, u"session-0"_s);
    const auto others = ask(other);
    QVERIFY(!joined->has_value() && !others->has_value());
    for (const Outcome &each : open) {
        QVERIFY(!each->has_value());
        Q_EMIT m_prompt->decided(Decision::Once);
        QVERIFY(*each == ConsentCall::Outcome::Allowed);
        const auto again = ask(greedy, u"one-more"_s);
        QVERIFY(!again->has_value());
    }
    QVERIFY(*joined == ConsentCall::Outcome::Allowed);
    QCOMPARE(m_prompt->shown->program, other);
}

void TestConsent::questionsAreOnlySoMany()
{
    for (int i = 1; i <= Consent::mostQuestions; ++i)
        QVERIFY(!ask(aProgram(u"/usr/bin/p%1"_s.arg(i)))->has_value());
    QVERIFY(*ask(aProgram()) == ConsentCall::Outcome::TooMany);
    Q_EMIT m_prompt->decided(Decision::Once);
    QVERIFY(!ask(aProgram())->has_value());
}

void TestConsent::whatIsRevokedEndsAtOnce()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::Always);
    const QSignalSpy narrowed(m_consent.get(), &Consent::narrowed);
    const QSignalSpy changed(m_consent.get(), &Consent::changed);
    QCOMPARE(m_consent->revoke(u"/usr/bin/wget"_s), 0);
    QCOMPARE(narrowed.count() + changed.count(), 0);
    QCOMPARE(m_consent->allowed().size(), 1);
    QCOMPARE(m_consent->revoke(u"/usr/bin/curl"_s), 1);
    QCOMPARE(narrowed.count(), 1);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!m_consent->isGiven(u"prod"_s, aProgram()));
    QVERIFY(m_consent->allowed().isEmpty());
}

void TestConsent::whoIsBlockedIsNotAskedAbout()
{
    const auto curl = ask(aProgram());
    const auto wget = ask(aProgram(u"/usr/bin/wget"_s));
    const QSignalSpy narrowed(m_consent.get(), &Consent::narrowed);
    QVERIFY(m_consent->block(u"/usr/bin/curl"_s));
    QVERIFY(*curl == ConsentCall::Outcome::Refused);
    QVERIFY(!wget->has_value());
    QCOMPARE(m_prompt->shown->program.executable, u"/usr/bin/wget"_s);
    QCOMPARE(narrowed.count(), 1);
    QVERIFY(m_consent->isBlocked(aProgram()));
    QVERIFY(m_consent->unblock(u"/usr/bin/curl"_s));
    QVERIFY(!m_consent->isBlocked(aProgram()));
}

void TestConsent::itIsToldWhenAnHourIsOver()
{
    (void)ask(aProgram());
    Q_EMIT m_prompt->decided(Decision::OneHour);
    m_clock.advance(30min);
    (void)ask(aProgram(), u"test"_s);
    Q_EMIT m_prompt->decided(Decision::OneHour);
    const QSignalSpy changed(m_consent.get(), &Consent::changed);
    for (const qsizetype left : {1, 0}) {
        m_clock.advance(30min);
        m_deadlines->look();
        QCOMPARE(m_consent->allowed().size(), left);
        QCOMPARE(changed.count(), 2 - left);
    }
}

QTEST_GUILESS_MAIN(TestConsent)
#include "tst_consent.moc"
