// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ledgermodel.h"

#include "handoutview.h"
#include "plaintext.h"

using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr Milliseconds pause = 250ms;

QString textOf(const HandOutView &view, int column)
{
    switch (column) {
    case LedgerModel::When:
        return view.when;
    case LedgerModel::Session:
        return view.session;
    case LedgerModel::Program:
        return view.program;
    case LedgerModel::Terminal:
        return view.terminal;
    case LedgerModel::Answer:
        return view.answer;
    }
    return {};
}

} // namespace

LedgerModel::LedgerModel(const Ledger &ledger, Clock clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_ledger(ledger)
    , m_clock(std::move(clock))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &LedgerModel::takeNew);
    connect(&m_ledger, &Ledger::appended, this, &LedgerModel::onAppended);
}

void LedgerModel::setWatched(bool isWatched)
{
    if (std::exchange(m_isWatched, isWatched) == isWatched)
        return;
    m_pause.stop();
    if (isWatched)
        takeAll();
}

//! Programs may ask thousands of times a second.
void LedgerModel::onAppended()
{
    ++m_new;
    if (m_isWatched && !m_pause.isActive())
        m_pause.start();
}

//! As new rows, so that what a person has chosen stays chosen.
void LedgerModel::takeNew()
{
    const auto &entries = m_ledger.entries();
    const qsizetype forgotten = m_entries.size() + m_new - entries.size();
    if (m_new >= entries.size() || forgotten < 0)
        return takeAll();
    const int last = rowCount() - 1;
    if (forgotten > 0) {
        beginRemoveRows({}, last - static_cast<int>(forgotten) + 1, last);
        m_entries.remove(0, forgotten);
        endRemoveRows();
    }
    beginInsertRows({}, 0, static_cast<int>(m_new) - 1);
    m_entries.append(entries.last(std::exchange(m_new, 0)));
    endInsertRows();
}

void LedgerModel::takeAll()
{
    beginResetModel();
    m_new = 0;
    m_entries = m_ledger.entries();
    endResetModel();
}

int LedgerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LedgerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LedgerModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleDescriptionRole)
        return {};
    const HandOut &handOut = m_entries[m_entries.size() - 1 - index.row()];
    const HandOutView view = HandOutView::of(handOut, m_clock().wall);
    if (role == Qt::DisplayRole)
        return textOf(view, index.column());
    if (index.column() == Program)
        return role == Qt::ToolTipRole ? plainToolTip(view.details) : view.details;
    return role == Qt::ToolTipRole ? plainToolTip(textOf(view, index.column())) : QString();
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case When:
        return tr("When");
    case Session:
        return tr("Session");
    case Program:
        return tr("Program");
    case Terminal:
        return tr("Terminal");
    case Answer:
        return tr("Answer");
    }
    return {};
}

} // namespace latchkey::ui
