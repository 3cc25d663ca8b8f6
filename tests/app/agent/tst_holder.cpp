// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/holder.h"

#include "support/handouts.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestHolder final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void aProgramIsOneHoweverOftenItForks();
    void aProgramIsCountedByWhoStartedIt();
    void allThatAreNotKnownAreOne();
    void thoseWithOwnNumbersAreAnother();
};

void TestHolder::aProgramIsOneHoweverOftenItForks()
{
    Program child = aProgram();
    child.pid = 4712;
    child.terminal = u"/dev/pts/4"_s;
    QCOMPARE(Holder::of(child), Holder::of(aProgram()));
    QCOMPARE(qHash(Holder::of(child)), qHash(Holder::of(aProgram())));
    child.file = FileId{1, 4713, 1};
    QVERIFY(Holder::of(child) != Holder::of(aProgram()));
}

//! And not with the unknown ones where that cannot be seen, such as under cron.
void TestHolder::aProgramIsCountedByWhoStartedIt()
{
    const Holder known = Holder::of(ourCommandLine(u"/usr/bin/bash"_s));
    const Holder unknown = Holder::of(ourCommandLine(u"(cron)"_s));
    QVERIFY(unknown.program);
    QVERIFY(unknown != known);
}

void TestHolder::allThatAreNotKnownAreOne()
{
    Program named = inWords(aProgram());
    named.executable = u"(whatever it says)"_s;
    QVERIFY(!Holder::of(named).program);
    QCOMPARE(Holder::of(named), Holder::of(inWords(aProgram())));
    QCOMPARE(Holder::of(named), Holder::of(Program{4712, {}, {}, {}}));
}

void TestHolder::thoseWithOwnNumbersAreAnother()
{
    Program isolated = inWords(aProgram());
    isolated.hasOwnNumbers = true;
    QVERIFY(!Holder::of(isolated).program);
    QVERIFY(Holder::of(isolated) != Holder::of(inWords(aProgram())));
}

QTEST_GUILESS_MAIN(TestHolder)
#include "tst_holder.moc"
