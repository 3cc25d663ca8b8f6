// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/handouttable.h"

#include <QEvent>
#include <QHeaderView>

#include <algorithm>

namespace latchkey::ui {

HandOutTable::HandOutTable(LedgerModel &all, QAbstractItemModel &shown, QWidget *parent)
    : QTableView(parent)
    , m_all(all)
{
    setAccessibleName(tr("Hand-outs"));
    setModel(&shown);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setIconSize(QSize(1, 1) * fontMetrics().height());
    setAlternatingRowColors(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setUpHeaders();
    // The keyboard makes the first row the current one without choosing it.
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) { selectRow(current.row()); });
    connect(&m_all, &QAbstractItemModel::modelReset, this, [this] {
        m_longest = {};
        measure(0, m_all.rowCount() - 1);
    });
    connect(&m_all, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex &, int first, int last) { measure(first, last); });
    connect(&m_all, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last) {
            measure(first.row(), last.row());
        });
    connect(&shown, &QAbstractItemModel::modelReset, this, &HandOutTable::fitRows);
    connect(&shown, &QAbstractItemModel::layoutChanged, this, &HandOutTable::fitRows);
    connect(&shown, &QAbstractItemModel::rowsInserted, this, &HandOutTable::fitRows);
    measure(0, m_all.rowCount() - 1);
}

void HandOutTable::setUpHeaders()
{
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
}

void HandOutTable::measure(int first, int last)
{
    for (int column = 0; column < LedgerModel::ColumnCount; ++column) {
        QString &longest = m_longest.at(static_cast<std::size_t>(column));
        for (int row = first; row <= last; ++row) {
            const QString text = m_all.index(row, column).data().toString();
            if (fontMetrics().horizontalAdvance(text) > fontMetrics().horizontalAdvance(longest))
                longest = text;
        }
    }
    shareRoom();
}

//! Programs are broken sooner than answers. In a narrow window all can still be read, and the table
//! is scrolled sideways.
void HandOutTable::shareRoom()
{
    const int least = fontMetrics().averageCharWidth() * 24;
    int room = viewport()->width();
    for (const auto column : {LedgerModel::When, LedgerModel::Session, LedgerModel::Terminal}) {
        setColumnWidth(column,
            std::max(std::min(neededFor(m_longest.at(column), column), least),
                horizontalHeader()->sectionSizeHint(column)));
        room -= columnWidth(column);
    }
    const int program =
        std::max(least, neededFor(m_longest.at(LedgerModel::Program), LedgerModel::Program));
    const int answer =
        std::max(least, neededFor(m_longest.at(LedgerModel::Answer), LedgerModel::Answer));
    const int spare = room - program - answer;
    const int forProgram = spare >= 0 ? program + spare * program / (program + answer)
                                      : std::max({least, program / 2, room - answer});
    setColumnWidth(LedgerModel::Program, forProgram);
    setColumnWidth(LedgerModel::Answer, std::max(least, room - forProgram));
    fitRows();
}

//! Only columns that are too narrow for their longest text are measured, of which there may be a
//! thousand.
void HandOutTable::fitRows()
{
    const int line = fontMetrics().lineSpacing();
    const int space = fontMetrics().height() / 2;
    verticalHeader()->setDefaultSectionSize(line + space);
    QList<int> narrow;
    for (int column = 0; column < LedgerModel::ColumnCount; ++column) {
        if (neededFor(m_longest.at(static_cast<std::size_t>(column)), column) > columnWidth(column))
            narrow.append(column);
    }
    for (int row = 0; row < model()->rowCount() && !narrow.isEmpty(); ++row) {
        int lines = 1;
        for (const int column : std::as_const(narrow))
            lines = std::max(lines, linesOf(model()->index(row, column).data().toString(), column));
        if (lines > 1)
            setRowHeight(row, lines * line + space);
    }
}

//! In one line, with a pixel for what rounding takes.
int HandOutTable::neededFor(const QString &text, int column) const
{
    return fontMetrics().horizontalAdvance(text) + 1 + marginsOf(column);
}

//! What a cell keeps free at either side of its text, also for the sign of an answer.
int HandOutTable::marginsOf(int column) const
{
    const int margins = 2 * (style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1);
    return column == LedgerModel::Answer ? 2 * margins + iconSize().width() : margins;
}

int HandOutTable::linesOf(const QString &text, int column) const
{
    if (neededFor(text, column) <= columnWidth(column))
        return 1;
    const int line = fontMetrics().lineSpacing();
    const QRect cell(0, 0, columnWidth(column) - marginsOf(column), 1);
    const QRect whole = fontMetrics().boundingRect(cell, Qt::TextWordWrap, text);
    // Rounded, as letters of another font may be a little higher than a line.
    return std::max(1, (whole.height() + line / 2) / line);
}

void HandOutTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        shareRoom();
}

void HandOutTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    shareRoom();
}

} // namespace latchkey::ui
