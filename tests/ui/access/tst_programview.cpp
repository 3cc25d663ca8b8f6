// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/programview.h"

#include "support/handouts.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestProgramView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { failOnAnyWarning(); }

    void tellsWhoAsks();
    void namesWhoStandsBehindLatchkeyctl();
    void namesWhoIsOnlyKnownByName();
    void saysThatItIsNotKnown();
    void namesTheScript();
    void tellsTheNearestOfMany();
    void tellsWhichNamesAreTheirOwn();
    void believesNoNameThatAProgramGivesItself();
    void vouchesForNothingUncertain();
    void makesForeignNamesVisible();
};

//! So that there is one beside this program.
void TestProgramView::initTestCase()
{
    QFile ctl(QCoreApplication::applicationDirPath() + u"/latchkeyctl"_s);
    QVERIFY(ctl.exists() || ctl.open(QIODevice::WriteOnly));
}

void TestProgramView::tellsWhoAsks()
{
    const auto view = ProgramView::of(aProgram());
    QCOMPARE(view.name, u"curl"_s);
    QCOMPARE(view.fullName(), u"curl"_s);
    QCOMPARE(view.path, u"/usr/bin/curl"_s);
    QVERIFY(view.through.isEmpty());
    QCOMPARE(view.startedBy, u"bash, sshd"_s);
    QCOMPARE(view.terminal, u"/dev/pts/3"_s);
    QCOMPARE(
        view.details(), u"Program: /usr/bin/curl\nStarted by: bash, sshd\nTerminal: /dev/pts/3"_s);
}

void TestProgramView::namesWhoStandsBehindLatchkeyctl()
{
    Program program = ourCommandLine(u"/usr/bin/bash"_s);
    program.parents.append(u"/usr/sbin/sshd"_s);
    const auto view = ProgramView::of(program);
    QCOMPARE(view.name, u"bash"_s);
    QCOMPARE(view.fullName(), u"bash, through latchkeyctl"_s);
    QCOMPARE(view.path, u"/usr/bin/bash"_s);
    QCOMPARE(view.through, program.executable);
    QCOMPARE(view.startedBy, u"sshd"_s);
}

void TestProgramView::namesWhoIsOnlyKnownByName()
{
    const auto view = ProgramView::of(ourCommandLine(u"[make]"_s));
    QCOMPARE(view.fullName(), u"“make” (as it says), through latchkeyctl"_s);
    QVERIFY(view.path.isEmpty());
    Program orphan = ourCommandLine({});
    orphan.parents.clear();
    QCOMPARE(ProgramView::of(orphan).fullName(), u"An unknown program, through latchkeyctl"_s);
}

void TestProgramView::saysThatItIsNotKnown()
{
    const auto view = ProgramView::of({4711, {}, {}, {}});
    QCOMPARE(view.fullName(), u"An unknown program (process 4711)"_s);
    QVERIFY(view.details().isEmpty());
}

void TestProgramView::namesTheScript()
{
    Program program = ourCommandLine(u"/usr/bin/dash"_s);
    program.script = u"/not/this.sh"_s;
    program.parentScript = u"/home/alenka/backup.sh"_s;
    const auto view = ProgramView::of(program);
    QCOMPARE(view.fullName(), u"“backup.sh” (as it says), run by dash, through latchkeyctl"_s);
    QCOMPARE(view.script, program.parentScript);
    QCOMPARE(view.interpreter, u"dash"_s);
    QCOMPARE(view.path, u"/usr/bin/dash"_s);
    QVERIFY(view.details().contains(u"Script, as it says: /home/alenka/backup.sh"_s));
    QVERIFY(view.saysSomething());
    QVERIFY(!ProgramView::of(aProgram()).saysSomething());
}

void TestProgramView::tellsWhichNamesAreTheirOwn()
{
    Program program = aProgram();
    program.parents = {u"/usr/bin/dash"_s, u"(cron)"_s};
    ProgramView view = ProgramView::of(program);
    QCOMPARE(view.ownStarters, u"cron"_s);
    QVERIFY(view.ownName.isEmpty());
    QCOMPARE(view.startedBy, u"dash"_s);
    QCOMPARE(view.place, u"“cron” (as it says)"_s);
    QVERIFY(view.details().contains(u"Started by, as it says: cron"_s));
    QVERIFY(view.saysSomething());
    program.executable = u"(curl)"_s;
    view = ProgramView::of(program);
    QCOMPARE(view.ownName, u"curl"_s);
    QCOMPARE(view.ownStarters, u"cron"_s);
    QVERIFY(view.details().contains(u"Calls itself: curl"_s));
    QCOMPARE(view.fullName(), u"“curl” (as it says)"_s);
}

//! A sandbox would like to be in a terminal.
void TestProgramView::believesNoNameThatAProgramGivesItself()
{
    Program program = aProgram(u"(curl)"_s);
    program.parents = {u"(bash)"_s, u"(konsole)"_s};
    const ProgramView view = ProgramView::of(program);
    QCOMPARE(view.placeKind, ProgramView::Place::Starter);
    QCOMPARE(view.subject(), u"“curl” (as it says), started by “bash” (as it says),"_s);
    QVERIFY(view.startedBy.isEmpty());
    QCOMPARE(ProgramView::of(aProgram(u"/tmp/(curl)"_s)).name, u"(curl)"_s);
}

//! Whoever controls a sandbox can run a host's file in it, and anything in that.
void TestProgramView::vouchesForNothingUncertain()
{
    Program program = aProgram();
    program.file.reset();
    for (const ProgramView &view :
        {ProgramView::of(program), ProgramView::ofRecorded(aProgram(), false)}) {
        QCOMPARE(view.subject(), u"“curl” (as it says), started by “bash” (as it says),"_s);
        QCOMPARE(view.ownName, u"curl"_s);
        QCOMPARE(view.ownStarters, u"bash, sshd"_s);
        QCOMPARE(view.path + view.startedBy, QString());
    }
    QCOMPARE(ProgramView::ofRecorded(inWords(aProgram()), true).path, u"/usr/bin/curl"_s);
    Program through = ourCommandLine(u"/usr/bin/bash"_s);
    through.parentFile.reset();
    const auto view = ProgramView::of(through);
    QCOMPARE(view.fullName(), u"“bash” (as it says), through latchkeyctl"_s);
    QCOMPARE(view.through, through.executable);
    QVERIFY(view.path.isEmpty());
    through.file.reset();
    QVERIFY(ProgramView::of(through).through.isEmpty());
}

void TestProgramView::tellsTheNearestOfMany()
{
    Program program = aProgram();
    program.parents = {u"/1"_s, u"/2"_s, u"/3"_s, u"/4"_s, u"/5"_s, u"/6"_s};
    QCOMPARE(ProgramView::of(program).startedBy, u"1, 2, 3, 4, 5, …"_s);
}

void TestProgramView::makesForeignNamesVisible()
{
    const auto view =
        ProgramView::of({1, u"/tmp/a\nb"_s, {u"/tmp/\u202ec"_s}, {}, FileId{1, 1, 1}});
    QCOMPARE(view.name, u"a\\u000ab"_s);
    QCOMPARE(view.path, u"/tmp/a\\u000ab"_s);
    QCOMPARE(view.startedBy, u"\\u202ec"_s);
    QCOMPARE(ProgramView::of(aProgram(u"/tmp/"_s + QString(255, u'x'))).name.size(), 40);
}

QTEST_GUILESS_MAIN(TestProgramView)
#include "tst_programview.moc"
