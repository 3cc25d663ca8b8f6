// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgercsv.h"

#include "support/handouts.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLedgerCsv final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void hasAHeadAndALineForEach();
    void quotesWhatWouldEndACell();
    void noCellIsAFormula_data();
    void noCellIsAFormula();
    void noPartOfACellIsAFormula();

private:
    [[nodiscard]] static QByteArrayList lines(const HandOut &handOut)
    {
        return csvOf({handOut}).split('\n');
    }
};

void TestLedgerCsv::hasAHeadAndALineForEach()
{
    HandOut handOut{
        WallTime{std::chrono::seconds(1767323045)}, u"prod"_s, aProgram(), HandOut::Denied, 12};
    handOut.program.script = u"/home/åsa/b.sh"_s;
    handOut.isCertain = true;
    const QByteArrayList told = lines(handOut);
    QCOMPARE(told.size(), 3);
    QCOMPARE(told[0],
        "at,session,program,script,parents,parentScript,pid,terminal,certain,answer,requests\r"_ba);
    QCOMPARE(told[1],
        "2026-01-02T03:04:05Z,prod,/usr/bin/curl,/home/åsa/b.sh,/usr/bin/bash /usr/sbin/sshd,,"
        "4711,/dev/pts/3,true,denied,12\r"_ba);
    QVERIFY(told[2].isEmpty());
}

void TestLedgerCsv::quotesWhatWouldEndACell()
{
    const HandOut handOut{{}, u"prod"_s, {1, u"/tmp/a,\"b\"\nc"_s, {}, {}}, HandOut::Given};
    QVERIFY(lines(handOut)[1].contains(R"(,"/tmp/a,""b""\u000ac",)"));
    QCOMPARE(lines(handOut).size(), 3);
}

void TestLedgerCsv::noCellIsAFormula_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : {u"=1+1"_s, u"+1"_s, u"-1"_s, u"@SUM(A1)"_s, u"＝1"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void TestLedgerCsv::noCellIsAFormula()
{
    QFETCH(const QString, name);
    const HandOut handOut{{}, name, {1, name, {}, {}}, HandOut::Given};
    QVERIFY(lines(handOut)[1].contains(",'" + name.toUtf8() + ",'" + name.toUtf8() + ','));
}

void TestLedgerCsv::noPartOfACellIsAFormula()
{
    const HandOut handOut{{}, u"prod"_s, {1, u"/tmp/x;=HYPERLINK(1)"_s, {}, {}}, HandOut::Given};
    QVERIFY(lines(handOut)[1].contains("/tmp/x;'=HYPERLINK(1)"));
}

QTEST_GUILESS_MAIN(TestLedgerCsv)
#include "tst_ledgercsv.moc"
