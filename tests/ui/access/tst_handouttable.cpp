// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/handouttable.h"

#include "ui/uifixture.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSortFilterProxyModel>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestHandOutTable final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void choosesWholeRows();
    void aLongTextMakesOnlyItsOwnRowHigher();
    void highRowsStayHighUnderAFilter();
    void needsNoScrollBarWhereThereIsRoom();
    void measuresAnewInAnotherFont();

private:
    void append(const Program &program);
    [[nodiscard]] int line() const
    {
        return m_table->fontMetrics().lineSpacing() + m_table->fontMetrics().height() / 2;
    }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<LedgerModel> m_all;
    std::unique_ptr<QSortFilterProxyModel> m_shown;
    std::unique_ptr<HandOutTable> m_table;
};

void TestHandOutTable::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
    m_all = std::make_unique<LedgerModel>(m_desk->ledger(), m_desk->clock().clock());
    m_shown = std::make_unique<QSortFilterProxyModel>();
    m_shown->setSourceModel(m_all.get());
    m_shown->setFilterKeyColumn(LedgerModel::Program);
    m_table = std::make_unique<HandOutTable>(*m_all, *m_shown);
    Program script = aProgram(u"/usr/bin/dash"_s);
    script.script = u"/home/alenka/jobs/export-all-of-it-every-night.sh"_s;
    append(aProgram());
    append(script);
    append(aProgram(u"/usr/bin/wget"_s));
    m_all->setWatched(true);
    m_table->resize(600, 300);
    m_table->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
    QCOMPARE(m_shown->rowCount(), 3);
}

void TestHandOutTable::cleanup()
{
    m_table.reset();
    m_shown.reset();
    m_all.reset();
    m_desk.reset();
}

void TestHandOutTable::append(const Program &program)
{
    m_desk->ledger().append({{}, u"prod"_s, program, HandOut::SignInNeeded});
}

void TestHandOutTable::choosesWholeRows()
{
    m_table->setCurrentIndex(m_shown->index(1, LedgerModel::Session));
    QCOMPARE(m_table->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(m_table->selectionModel()->selectedRows().first().row(), 1);
}

void TestHandOutTable::aLongTextMakesOnlyItsOwnRowHigher()
{
    QCOMPARE(m_table->rowHeight(0), line());
    QVERIFY(m_table->rowHeight(1) > line());
    QCOMPARE(m_table->rowHeight(2), line());
    m_table->resize(1600, 300);
    QTRY_COMPARE(m_table->rowHeight(1), line());
}

void TestHandOutTable::highRowsStayHighUnderAFilter()
{
    m_shown->setFilterFixedString(u"curl"_s);
    QCOMPARE(m_table->rowHeight(0), line());
    m_shown->setFilterFixedString(u"every-night"_s);
    QVERIFY(m_table->rowHeight(0) > line());
    m_shown->setFilterFixedString({});
    QVERIFY(m_table->rowHeight(1) > line());
    QCOMPARE(m_table->rowHeight(0), line());
}

void TestHandOutTable::needsNoScrollBarWhereThereIsRoom()
{
    m_table->resize(1200, 300);
    QTRY_COMPARE(m_table->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(m_table->horizontalHeader()->length(), m_table->viewport()->width());
}

void TestHandOutTable::measuresAnewInAnotherFont()
{
    const int before = m_table->columnWidth(LedgerModel::When);
    QFont larger = m_table->font();
    larger.setPointSizeF(larger.pointSizeF() * 2);
    m_table->setFont(larger);
    QVERIFY(m_table->columnWidth(LedgerModel::When) > before);
    QVERIFY(m_table->rowHeight(0) >= m_table->fontMetrics().lineSpacing());
}

QTEST_MAIN(TestHandOutTable)
#include "tst_handouttable.moc"
