// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/refusals.h"

#include "support/foreigntongue.h"
#include "support/warnings.h"

#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRefusals final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void eachHasASentenceOfItsOwn();
    void secondsAreCountedAsPeopleDo_data();
    void secondsAreCountedAsPeopleDo();
    void namesAreTold();

private:
    const ForeignTongue m_language; // programs are told in English
};

void TestRefusals::eachHasASentenceOfItsOwn()
{
    const QList<RpcError> all{notJson(), notJsonRpc(), parametersWithoutNames(),
        unknownMethod(u"a"_s), wrongParameter(u"a"_s, u"a text"_s), wrongCode(), wrongFingerprint(),
        wrongAccount(AccountProblem::TooMany), noSession(u"prod"_s), sessionGone(),
        nobodySignedIn(), codeNeeded(u"prod"_s), noCodeAskedFor(), noCertificateInQuestion(),
        nothingToRenewWith(), renewedTooOften(6s), tooShortLived(6s), endsTooSoon(),
        notSaved(u"Why."_s), secretInReport({}), secretInReport({3, {}}),
        secretInReport({3, u"prod"_s}), tooManyCalls(), notItsChild(), holdsNoToken(),
        noWindows(u"latchkeyd"_s), screenLocked(), keptFromPrograms(), isolatedProgram(),
        unseenProgram(), nobodyToAsk(u"prod"_s), notAllowed(true), notAllowed(false),
        notAnswered(true), notAnswered(false), tooManyQuestions(), onlyInTheWindow(),
        looserPolicy(), missedSomething()};
    QSet<QString> sentences;
    for (const RpcError &refusal : all) {
        QVERIFY2(refusal.sentence.size() > 15, qPrintable(refusal.sentence));
        QVERIFY2(!refusal.sentence.contains(u'~'), qPrintable(refusal.sentence));
        QVERIFY2(!refusal.sentence.contains(u'%'), qPrintable(refusal.sentence));
        sentences.insert(refusal.sentence);
    }
    QCOMPARE(sentences.size(), all.size());
}

void TestRefusals::secondsAreCountedAsPeopleDo_data()
{
    QTest::addColumn<RpcError>("refusal");
    QTest::addColumn<QString>("words");
    QTest::newRow("one") << renewedTooOften(1s) << u"Try again in 1 second."_s;
    QTest::newRow("not too early") << renewedTooOften(1100ms) << u"Try again in 2 seconds."_s;
    QTest::newRow("a life of one") << tooShortLived(1s) << u"live for 1 second; ask"_s;
    QTest::newRow("not for longer") << tooShortLived(2900ms) << u"live for 2 seconds; ask"_s;
}

void TestRefusals::secondsAreCountedAsPeopleDo()
{
    QFETCH(const RpcError, refusal);
    QFETCH(const QString, words);
    QVERIFY2(refusal.sentence.contains(words), qPrintable(refusal.sentence));
}

void TestRefusals::namesAreTold()
{
    QVERIFY(noSession(u"prod"_s).sentence.contains("of the name prod."_L1));
    QVERIFY(codeNeeded(u"prod"_s).sentence.contains("latchkeyctl code prod CODE"_L1));
    QVERIFY(nobodyToAsk(u"prod"_s).sentence.contains("latchkeyctl policy prod allow"_L1));
    QVERIFY(unknownMethod(QString(1000, u'x')).sentence.size() < 150); // others' words
}

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
