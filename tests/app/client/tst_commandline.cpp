// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/commandline.h"

#include <QTest>

#include <vector>

using namespace latchkey::ctl;

namespace {

using Command = std::vector<std::string>;

//! Expected texts by the rules of Microsoft's "Parsing C command-line arguments". That programs
//! read them so, tests/windows/test_latchkeyctl.py proves.
class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesArguments_data();
    void quotesArguments();
    void quotesTheProgram();
    void hasNoLineForNoCommand();
    void quotesForBatchFiles();
    void refusesWhatNoQuotesHelp_data();
    void refusesWhatNoQuotesHelp();
};

void TestCommandLine::quotesArguments_data()
{
    QTest::addColumn<std::string>("argument");
    QTest::addColumn<std::string>("text");

    QTest::newRow("plain") << std::string("-x=1") << std::string("-x=1");
    QTest::newRow("empty") << std::string() << std::string(R"("")");
    QTest::newRow("space") << std::string("a b") << std::string(R"("a b")");
    QTest::newRow("tab") << std::string("a\tb") << std::string("\"a\tb\"");
    QTest::newRow("line break") << std::string("a\nb") << std::string("\"a\nb\"");
    QTest::newRow("quote") << std::string(R"(")") << std::string(R"("\"")");
    QTest::newRow("backslashes") << std::string(R"(a\\b\)") << std::string(R"(a\\b\)");
    QTest::newRow("last before a quote") << std::string(R"(a b\)") << std::string(R"("a b\\")");
    QTest::newRow("before a quote") << std::string(R"(a\\"b)") << std::string(R"("a\\\\\"b")");
    QTest::newRow("within quotes") << std::string(R"(a \\b)") << std::string(R"("a \\b")");
}

void TestCommandLine::quotesArguments()
{
    QFETCH(const std::string, argument);
    QFETCH(const std::string, text);

    QCOMPARE(commandLineOf(Command{"p", argument, "z"}), R"("p" )" + text + " z");
}

void TestCommandLine::quotesTheProgram()
{
    QCOMPARE(commandLineOf(Command{R"(C:\a b\c.exe)"}), std::string(R"("C:\a b\c.exe")"));
}

void TestCommandLine::hasNoLineForNoCommand()
{
    QCOMPARE(commandLineOf(Command{}), std::string());
    QCOMPARE(batchLineOf(Command{}), std::string());
}

void TestCommandLine::quotesForBatchFiles()
{
    QCOMPARE(batchLineOf(Command{R"(C:\a b\c.cmd)", "plain", "a & b", R"(x\)", ""}),
        std::string(R"("C:\a b\c.cmd" "plain" "a & b" "x\\" "")"));
}

void TestCommandLine::refusesWhatNoQuotesHelp_data()
{
    QTest::addColumn<std::string>("argument");

    for (const char *argument : {R"(")", "%", "!", "\r", "\n"})
        QTest::addRow("%d", static_cast<int>(*argument)) << std::string(argument);
}

void TestCommandLine::refusesWhatNoQuotesHelp()
{
    QFETCH(const std::string, argument);

    QCOMPARE(batchLineOf(Command{"b.cmd", "fine", "a" + argument}), std::string());
}

} // namespace

QTEST_GUILESS_MAIN(TestCommandLine)

#include "tst_commandline.moc"
