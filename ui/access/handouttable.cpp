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
    measure(0, m_all.rowCount() - 1);
}

//! All rows have one height, so that the view need not measure a thousand of them.
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
            std::max(std::min(neededFor(m_longest.at(column)), least),
                horizontalHeader()->sectionSizeHint(column)));
        room -= columnWidth(column);
    }
    const int program = std::max(least, neededFor(m_longest.at(LedgerModel::Program)));
    const int answer = std::max(least, neededFor(m_longest.at(LedgerModel::Answer)));
    const int spare = room - program - answer;
    const int forProgram = spare >= 0 ? program + spare * program / (program + answer)
                                      : std::max({least, program / 2, room - answer});
    setColumnWidth(LedgerModel::Program, forProgram);
    setColumnWidth(LedgerModel::Answer, std::max(least, room - forProgram));
    int lines = 1;
    for (int column = 0; column < LedgerModel::ColumnCount; ++column)
        lines = std::max(lines, linesOf(static_cast<LedgerModel::Column>(column)));
    verticalHeader()->setDefaultSectionSize(
        lines * fontMetrics().lineSpacing() + fontMetrics().height() / 2);
}

//! In one line, with a pixel for what rounding takes.
int HandOutTable::neededFor(const QString &text) const
{
    return fontMetrics().horizontalAdvance(text) + 1 + margins();
}

//! What a cell keeps free at either side of its text.
int HandOutTable::margins() const
{
    return 2 * (style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1);
}

int HandOutTable::linesOf(LedgerModel::Column column) const
{
    const int line = fontMetrics().lineSpacing();
    const QRect cell(0, 0, columnWidth(column) - margins(), 1);
    const QRect text = fontMetrics().boundingRect(cell, Qt::TextWordWrap, m_longest.at(column));
    // Rounded, as letters of another font may be a little higher than a line.
    return std::max(1, (text.height() + line / 2) / line);
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
