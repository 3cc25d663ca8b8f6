// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgerwindow.h"

#include "ui/uifixture.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLedgerWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void saysThatThereIsNothing();
    void tellsTheNewestFirst();
    void answersCanBeReadInANarrowWindow();
    void columnsAreAsWideAsTheirTexts();
    void answersHaveSigns();
    void detailsAreInTheToolTip();
    void isClosedByItsButton();
    void followsTheLedgerWhileItIsSeen();
    void keepsUpWithAFlood();
    void keepsWhatIsChosenAndForgetsWhatTheLedgerForgot();
    void countsOnInARow();
    void foldsTheRepeatsOfADay();
    void foldsNothingUncertainIntoWhatIsCertain();
    void filters();
    void exportsWhatTheFilterLetsThrough();
    void blocksAProgramAndUnblocksIt();
    void offersNothingForWhoIsNotKnown();

private:
    void append(const QString &session, HandOut::Answer answer = HandOut::Given);
    void open();
    [[nodiscard]] QString cell(int row, int column) const;
    [[nodiscard]] const QAbstractItemModel &model() const { return *table()->model(); }
    [[nodiscard]] QTableView *table() const { return m_window->findChild<QTableView *>(); }

    std::unique_ptr<UiFixture> m_desk;
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<LedgerWindow> m_window;
};

void TestLedgerWindow::init()
{
    failOnUiWarning();
    m_desk = std::make_unique<UiFixture>();
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"windows.ini"_s), QSettings::IniFormat);
    m_window = std::make_unique<LedgerWindow>(
        m_desk->ledger(), m_desk->handOuts().consent, m_desk->clock().clock(), *m_settings);
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

void TestLedgerWindow::answersCanBeReadInANarrowWindow()
{
    append(u"prod"_s, HandOut::Denied);
    open();
    const auto *table = find<QTableView>(*m_window, "Hand-outs");
    const auto widthOf = [&](int column) {
        return table->columnWidth(column);
    };
    m_window->resize(480, 360);
    const int needed = table->fontMetrics().horizontalAdvance(u"Refused: not allowed"_s);
    QTRY_VERIFY(widthOf(LedgerModel::Answer) > needed && widthOf(LedgerModel::Program) > needed);
    m_window->resize(1200, 360);
    QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
    QVERIFY(widthOf(LedgerModel::Answer) > 2 * needed);
}

void TestLedgerWindow::columnsAreAsWideAsTheirTexts()
{
    append(u"prod"_s);
    open();
    m_window->resize(640, 360);
    const int line = table()->rowHeight(0);
    const int before = table()->columnWidth(LedgerModel::Answer);
    Program script = aProgram(u"/usr/bin/dash"_s);
    script.script = u"/home/alenka/jobs/export-all-of-it-every-night.sh"_s;
    m_desk->ledger().append({{}, u"prod"_s, script, HandOut::Best});
    QTRY_COMPARE(model().rowCount(), 2);
    const auto needed = [&](int column) {
        return table()->fontMetrics().horizontalAdvance(cell(0, column));
    };
    for (const int column : {LedgerModel::When, LedgerModel::Session, LedgerModel::Answer})
        QVERIFY(table()->columnWidth(column) > needed(column));
    QVERIFY(table()->columnWidth(LedgerModel::When) < 2 * needed(LedgerModel::When));
    QVERIFY(table()->columnWidth(LedgerModel::Answer) != before);
    QVERIFY(table()->columnWidth(LedgerModel::Program) < needed(LedgerModel::Program));
    QVERIFY(table()->rowHeight(0) > line);
    QCOMPARE(table()->rowHeight(1), line); // its own text is short
    find<QLineEdit>(*m_window, "Filter")->setText(u"every-night"_s);
    QVERIFY(table()->rowHeight(0) > line);
    find<QLineEdit>(*m_window, "Filter")->clear();
    QTRY_COMPARE(model().rowCount(), 2);
    QVERIFY(table()->rowHeight(0) > line);
    QCOMPARE(table()->rowHeight(1), line);
    m_window->resize(1600, 360);
    QTRY_COMPARE(table()->rowHeight(0), line);
    QVERIFY(table()->columnWidth(LedgerModel::Program) > needed(LedgerModel::Program));
}

void TestLedgerWindow::answersHaveSigns()
{
    append(u"prod"_s);
    append(u"prod"_s, HandOut::Denied);
    open();
    const auto sign = [this](int row, int column) {
        return model().index(row, column).data(Qt::DecorationRole).value<QIcon>();
    };
    QVERIFY(!sign(0, LedgerModel::Answer).isNull() && !sign(1, LedgerModel::Answer).isNull());
    QVERIFY(sign(0, LedgerModel::Answer).pixmap(16).toImage()
        != sign(1, LedgerModel::Answer).pixmap(16).toImage());
    QVERIFY(sign(0, LedgerModel::Program).isNull());
}

void TestLedgerWindow::isClosedByItsButton()
{
    open();
    click<QPushButton>(*m_window, "Close");
    QVERIFY(!m_window->isVisible());
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

void TestLedgerWindow::foldsTheRepeatsOfADay()
{
    for (int run = 0; run < 3; ++run) {
        Program program = aProgram();
        program.pid += run;
        m_desk->ledger().append({{}, u"prod"_s, program, HandOut::Given});
        append(u"test"_s, HandOut::Denied);
        m_desk->advance(2min);
    }
    open();
    QCOMPARE(model().rowCount(), 2);
    QCOMPARE(cell(0, LedgerModel::Session), u"test"_s);
    QCOMPARE(cell(1, LedgerModel::Answer), u"Given (3 times)"_s);
    const QString when =
        model().index(1, LedgerModel::When).data(Qt::AccessibleDescriptionRole).toString();
    QVERIFY2(when.startsWith(u"From "_s), qPrintable(when));

    append(u"prod"_s);
    QTRY_COMPARE(cell(0, LedgerModel::Answer), u"Given (4 times)"_s);
    QCOMPARE(cell(0, LedgerModel::Session), u"prod"_s);
    QCOMPARE(model().rowCount(), 2);

    m_desk->advance(24h);
    append(u"prod"_s);
    QTRY_COMPARE(model().rowCount(), 3);
    click<QCheckBox>(*m_window, "Fold repeats of a day");
    QCOMPARE(model().rowCount(), 8);
}

//! It may be any program that calls itself so.
void TestLedgerWindow::foldsNothingUncertainIntoWhatIsCertain()
{
    Program program = aProgram();
    m_desk->ledger().append({{}, u"prod"_s, program, HandOut::Given});
    m_desk->advance(2min);
    program.file.reset();
    m_desk->ledger().append({{}, u"prod"_s, program, HandOut::Given});
    open();
    QCOMPARE(model().rowCount(), 2);
}

void TestLedgerWindow::filters()
{
    append(u"prod"_s);
    append(u"test"_s, HandOut::Denied);
    open();
    auto *filter = find<QLineEdit>(*m_window, "Filter");
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(filter->hasFocus());
    type(*m_window, u"NOT ALLOWED"_s);
    QCOMPARE(model().rowCount(), 1);
    QCOMPARE(cell(0, LedgerModel::Session), u"test"_s);
    filter->setText(u"/usr/bin/curl"_s); // in the details
    QCOMPARE(model().rowCount(), 2);
    filter->setText(u"no such thing"_s);
    QVERIFY(words<QLabel>(*m_window).contains(u"Nothing matches the filter."_s));
    QVERIFY(!find<QPushButton>(*m_window, "Export…")->isEnabled());
}

void TestLedgerWindow::exportsWhatTheFilterLetsThrough()
{
    append(u"prod"_s);
    append(u"test"_s);
    m_desk->advance(2min);
    append(u"test"_s);
    open();
    find<QLineEdit>(*m_window, "Filter")->setText(u"test"_s);
    const QString path = m_folder.filePath(u"out.csv"_s);
    m_window->exportTo(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QCOMPARE(text.count(",test,"), 2);
    QVERIFY(!text.contains(",prod,"));
    QVERIFY(words<QLabel>(*m_window).contains(path));
    m_window->exportTo(m_folder.path()); // a folder
    QVERIFY(words<QLabel>(*m_window).contains(u"could not be written"_s));
}

void TestLedgerWindow::blocksAProgramAndUnblocksIt()
{
    const Consent &consent = m_desk->handOuts().consent;
    append(u"prod"_s);
    open();
    table()->setFocus(); // which is all that a single row needs
    QTRY_VERIFY(find<QPushButton>(*m_window, "Block this program")->isEnabled());
    click<QPushButton>(*m_window, "Block this program");
    QVERIFY(consent.isBlocked(aProgram()));
    QVERIFY(words<QLabel>(*m_window).contains(u"curl gets no tokens until you unblock it"_s));
    click<QPushButton>(*m_window, "Unblock this program");
    QVERIFY(!consent.isBlocked(aProgram()));
    const auto *block = find<QPushButton>(*m_window, "Block this program");
    QTest::mouseDClick(m_window->windowHandle(), Qt::LeftButton, {},
        block->mapTo(m_window.get(), block->rect().center()));
    QVERIFY(consent.isBlocked(aProgram()));
}

void TestLedgerWindow::offersNothingForWhoIsNotKnown()
{
    m_desk->ledger().append({{}, u"prod"_s, {4711, {}, {}, {}}, HandOut::Denied});
    append(u"prod"_s);
    open();
    const auto *block = find<QPushButton>(*m_window, "Block this program");
    QVERIFY(!block->isEnabled() && !block->toolTip().isEmpty());
    table()->selectRow(1);
    QVERIFY(!block->isEnabled());
    table()->selectRow(0);
    QVERIFY(block->isEnabled() && block->toolTip().isEmpty());
}

QTEST_MAIN(TestLedgerWindow)
#include "tst_ledgerwindow.moc"
