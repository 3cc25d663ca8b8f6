// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/questionwords.h"

#include "support/handouts.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestQuestionWords final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { failOnAnyWarning(); }

    void namesWhoAsks_data();
    void namesWhoAsks();
    void namesWhoIsSignedIn();
    void foreignWordsAreVisible();

private:
    [[nodiscard]] static QString sentence(const Program &program, const QString &account = {});
};

//! So that they are beside this program.
void TestQuestionWords::initTestCase()
{
    for (const QString &name : {u"/latchkeyctl"_s, u"/latchkey-gateway"_s}) {
        QFile program(QCoreApplication::applicationDirPath() + name);
        QVERIFY(program.exists() || program.open(QIODevice::WriteOnly));
    }
}

QString TestQuestionWords::sentence(const Program &program, const QString &account)
{
    ConsentPrompt::Question question{u"prod-eu"_s, program};
    question.account = account;
    return QuestionWords::sentence(question, ProgramView::of(program));
}

void TestQuestionWords::namesWhoAsks_data()
{
    QTest::addColumn<Program>("program");
    QTest::addColumn<QString>("who");

    Program script = ourCommandLine(u"/usr/bin/dash"_s);
    script.parentScript = u"/home/alenka/backup.sh"_s;
    script.parents += {u"/usr/bin/bash"_s, u"/usr/bin/konsole"_s, u"/usr/bin/plasmashell"_s};
    QTest::newRow("script")
        << script << u"“backup.sh” (as it says), run by dash in konsole, through latchkeyctl,"_s;

    Program typed = ourCommandLine(u"/usr/bin/bash"_s);
    typed.parents.append(u"/usr/libexec/gnome-terminal-server"_s);
    QTest::newRow("typed") << typed << u"bash in gnome-terminal, through latchkeyctl,"_s;

    Program compiled = aProgram(u"/usr/bin/restic"_s);
    QTest::newRow("compiled, over SSH") << compiled << u"restic over SSH"_s;
    compiled.parents = {u"/usr/bin/konsole"_s};
    QTest::newRow("compiled, in a terminal") << compiled << u"restic in konsole"_s;
    compiled.parents.clear();
    QTest::newRow("compiled, alone") << compiled << u"restic"_s;
    compiled.parents = {u"/usr/bin/dash"_s, u"/usr/bin/konsole"_s};
    compiled.parentScript = u"/home/alenka/backup.sh"_s;
    QTest::newRow("compiled, by a script")
        << compiled << u"restic, started by “backup.sh” (as it says),"_s;

    Program cron = ourCommandLine(u"/usr/bin/dash"_s);
    cron.parentScript = u"/etc/nightly.sh"_s;
    cron.parents += {u"/usr/bin/dash"_s, u"(cron)"_s};
    QTest::newRow("cron")
        << cron
        << u"“nightly.sh” (as it says), run by dash, started by “cron” (as it says), through latchkeyctl,"_s;

    Program own = aProgram(u"/usr/bin/python3.11"_s);
    own.script = u"/opt/report.py"_s;
    own.parents = {u"/usr/lib/systemd/systemd"_s};
    QTest::newRow("own connection")
        << own << u"“report.py” (as it says), run by python3.11, started by systemd,"_s;

    Program gateway = script;
    gateway.executable.replace("latchkeyctl"_L1, "latchkey-gateway"_L1);
    QTest::newRow("gateway")
        << gateway << u"“backup.sh” (as it says), run by dash in konsole, through the gateway,"_s;
    QTest::newRow("unknown") << Program{4711, {}, {}, {}} << u"An unknown program (process 4711)"_s;
}

void TestQuestionWords::namesWhoAsks()
{
    QFETCH(const Program, program);
    QFETCH(const QString, who);
    QCOMPARE(sentence(program), who + u" wants a token of prod-eu."_s);
}

void TestQuestionWords::namesWhoIsSignedIn()
{
    Program program = aProgram();
    program.parents.clear();
    QCOMPARE(sentence(program, QuestionWords::account(u"alenka"_s, u"PortalAdmin"_s)),
        u"curl wants a token of prod-eu: alenka, PortalAdmin."_s);
    QCOMPARE(sentence(program, QuestionWords::account(u"alenka"_s, {})),
        u"curl wants a token of prod-eu: alenka."_s);
}

void TestQuestionWords::foreignWordsAreVisible()
{
    Program program = aProgram(u"/usr/bin/dash"_s);
    program.parents = {u"(\u202egnp)"_s};
    program.script = u"/tmp/a\nb %1 %2"_s;
    QCOMPARE(sentence(program, QuestionWords::account(u"al\tenka"_s, u"%3"_s)),
        u"“a\\u000ab %1 %2” (as it says), run by dash, started by “\\u202egnp” (as it says), wants "
        u"a token of prod-eu: "
        "al\\u0009enka, %3."_s);
}

QTEST_GUILESS_MAIN(TestQuestionWords)
#include "tst_questionwords.moc"
