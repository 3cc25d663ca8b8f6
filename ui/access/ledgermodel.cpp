// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgermodel.h"

#include "access/handoutview.h"
#include "widgets/plaintext.h"

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

//! The same entry, whatever its count: the ledger counts repeats in its newest entry.
bool isSame(HandOut before, const HandOut &now)
{
    before.requests = now.requests;
    return before == now;
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

//! Waits a moment for more: programs may ask thousands of times a second.
void LedgerModel::onAppended()
{
    if (m_isWatched && !m_pause.isActive())
        m_pause.start();
}

//! Removes and inserts single rows instead of resetting, so that a selection stays.
void LedgerModel::takeNew()
{
    const auto &entries = m_ledger.entries();
    qsizetype kept = 0;
    while (kept < m_entries.size()) {
        if (kept < entries.size() && isSame(m_entries[kept], entries[kept]))
            takeCount(kept++);
        else
            drop(kept);
    }
    if (kept == entries.size())
        return;
    beginInsertRows({}, 0, static_cast<int>(entries.size() - kept) - 1);
    m_entries.append(entries.sliced(kept));
    endInsertRows();
}

void LedgerModel::takeCount(qsizetype at)
{
    const qint64 requests = m_ledger.entries()[at].requests;
    if (std::exchange(m_entries[at].requests, requests) == requests)
        return;
    const int row = rowCount() - 1 - static_cast<int>(at);
    Q_EMIT dataChanged(index(row, Answer), index(row, Answer));
}

void LedgerModel::drop(qsizetype at)
{
    const int row = rowCount() - 1 - static_cast<int>(at);
    beginRemoveRows({}, row, row);
    m_entries.removeAt(at);
    endRemoveRows();
}

void LedgerModel::takeAll()
{
    beginResetModel();
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
