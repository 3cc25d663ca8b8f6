// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgerwindow.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTableView>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestLedgerWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void saysThatThereIsNothing();
    void tellsTheNewestFirst();
    void detailsAreInTheToolTip();
    void followsTheLedgerWhileItIsSeen();
    void keepsUpWithAFlood();
    void keepsWhatIsChosenAndForgetsWhatTheLedgerForgot();
    void countsOnInARow();

private:
    void append(const QString &session, HandOut::Answer answer = HandOut::Given);
    void open();
    [[nodiscard]] QString cell(int row, int column) const;
    [[nodiscard]] const QAbstractItemModel &model() const { return *table()->model(); }
    [[nodiscard]] QTableView *table() const { return m_window->findChild<QTableView *>(); }

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<LedgerWindow> m_window;
};

void TestLedgerWindow::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
    m_window = std::make_unique<LedgerWindow>(m_desk->ledger(), m_desk->clock().clock());
}

void TestLedgerWindow::cleanup()
{
    m_window.reset();
    m_desk.reset();
}

void TestLedgerWindow::append(const QString &session, HandOut::Answer answer)
{
    m_desk->ledger().append({{}, session, aProgram(), answer});
}

void TestLedgerWindow::open()
{
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

QString TestLedgerWindow::cell(int row, int column) const
{
    return model().index(row, column).data().toString();
}

void TestLedgerWindow::saysThatThereIsNothing()
{
    open();
    QCOMPARE(m_window->windowTitle(), u"Tokens handed out"_s);
    QVERIFY(words<QLabel>(*m_window).contains(u"No token has been handed out yet."_s));
    QVERIFY(!find<QTableView>(*m_window, "Hand-outs"));
}

void TestLedgerWindow::tellsTheNewestFirst()
{
    append(u"old"_s);
    append(u"new"_s, HandOut::Denied);
    open();
    QVERIFY(find<QTableView>(*m_window, "Hand-outs"));
    QStringList row;
    for (int column = LedgerModel::Session; column < LedgerModel::ColumnCount; ++column)
        row.append(cell(0, column));
    const QStringList expected{u"new"_s, u"curl"_s, u"/dev/pts/3"_s, u"Refused: not allowed"_s};
    QCOMPARE(row, expected);
    QCOMPARE(cell(1, LedgerModel::Session), u"old"_s);
}

void TestLedgerWindow::detailsAreInTheToolTip()
{
    m_desk->ledger().append({{}, u"prod"_s, aProgram(u"/tmp/<b>x</b>"_s), HandOut::Given});
    open();
    const QModelIndex program = model().index(0, LedgerModel::Program);
    QVERIFY(program.data(Qt::ToolTipRole).toString().contains(u"&lt;b&gt;"_s));
    QVERIFY(program.data(Qt::AccessibleDescriptionRole).toString().contains(u"/tmp/<b>x</b>"_s));
}

void TestLedgerWindow::followsTheLedgerWhileItIsSeen()
{
    open();
    append(u"first"_s);
    QTRY_COMPARE(model().rowCount(), 1);
    QVERIFY(find<QTableView>(*m_window, "Hand-outs"));
    m_window->hide();
    append(u"second"_s);
    const auto timers = m_window->findChildren<QTimer *>();
    QVERIFY(std::ranges::none_of(timers, [](const QTimer *timer) { return timer->isActive(); }));
    m_window->show();
    QCOMPARE(cell(0, LedgerModel::Session), u"second"_s);
}

void TestLedgerWindow::keepsUpWithAFlood()
{
    constexpr int flood = 20000;
    append(u"first"_s);
    open();
    const QSignalSpy inserted(&model(), &QAbstractItemModel::rowsInserted);
    const QSignalSpy reset(&model(), &QAbstractItemModel::modelReset);
    for (int i = 0; i < flood; ++i)
        append(QString::number(i));
    QTRY_COMPARE(cell(0, LedgerModel::Session), QString::number(flood - 1));
    QCOMPARE(model().rowCount(), Ledger::most);
    QCOMPARE(inserted.count() + reset.count(), 1);
}

void TestLedgerWindow::keepsWhatIsChosenAndForgetsWhatTheLedgerForgot()
{
    for (int i = 0; i < Ledger::most; ++i)
        append(QString::number(i));
    open();
    table()->selectRow(0);
    append(u"new"_s);
    append(u"newer"_s);
    QTRY_COMPARE(cell(0, LedgerModel::Session), u"newer"_s);
    QCOMPARE(cell(1, LedgerModel::Session), u"new"_s);
    QCOMPARE(model().rowCount(), Ledger::most);
    QCOMPARE(cell(Ledger::most - 1, LedgerModel::Session), u"2"_s);
    QCOMPARE(table()->currentIndex().row(), 2);
}

void TestLedgerWindow::countsOnInARow()
{
    append(u"prod"_s);
    open();
    table()->selectRow(0);
    append(u"prod"_s);
    QTRY_COMPARE(cell(0, LedgerModel::Answer), u"Given (2 times)"_s);
    append(u"prod"_s);
    append(u"test"_s);
    QTRY_COMPARE(cell(0, LedgerModel::Session), u"test"_s);
    QCOMPARE(cell(1, LedgerModel::Answer), u"Given (3 times)"_s);
    QCOMPARE(model().rowCount(), 2);
    QCOMPARE(table()->currentIndex().row(), 1);
}

QTEST_MAIN(TestLedgerWindow)
#include "tst_ledgerwindow.moc"
