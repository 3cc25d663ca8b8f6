// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/exitcode.h"

#include <QTest>

using namespace latchkey::protocol;

//! Scripts rely on this table, so the test repeats it.
class TestExitCode final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachHasItsReason_data();
    void eachHasItsReason();
    void otherWordsAreFailures();
};

void TestExitCode::eachHasItsReason_data()
{
    QTest::addColumn<int>("code");
    int code = 0;
    for (const char *reason : {"failed", "usage", "no-agent", "no-session", "sign-in-needed",
             "unreachable", "denied", "trust-needed", "code-needed"})
        QTest::newRow(reason) << ++code;
}

void TestExitCode::eachHasItsReason()
{
    QFETCH(const int, code);
    const std::string_view reason = QTest::currentDataTag();
    QCOMPARE(static_cast<int>(exitCodeFor(reason)), code);
    QVERIFY(reasonOf(static_cast<ExitCode>(code)) == reason);
}

void TestExitCode::otherWordsAreFailures()
{
    for (const std::string_view word : {"", "done", "Failed", "failed ", "mystery"})
        QCOMPARE(exitCodeFor(word), ExitCode::Failed);
}

QTEST_GUILESS_MAIN(TestExitCode)
#include "tst_exitcode.moc"
