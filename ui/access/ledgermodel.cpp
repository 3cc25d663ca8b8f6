// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgermodel.h"

#include "access/handoutview.h"
#include "widgets/icons.h"
#include "widgets/localtime.h"
#include "widgets/plaintext.h"

#include <QGuiApplication>
#include <QHash>

#include <algorithm>

using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr Milliseconds pause = 250ms;

//! Else a path would end in its slash where one reads from the right.
QString pathFrom(const QString &text)
{
    constexpr QChar leftToRight(0x200e);
    return QGuiApplication::isRightToLeft() && !text.isEmpty() ? leftToRight + text : text;
}

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
        return pathFrom(view.terminal);
    case LedgerModel::Answer:
        return view.answer;
    }
    return {};
}

//! Whose sign stands beside the answer.
Mood::Value moodOf(HandOut::Answer answer)
{
    switch (answer) {
    case HandOut::Given:
    case HandOut::Copied:
        return Mood::SignedIn;
    case HandOut::Best:
        return Mood::CannotRenew;
    case HandOut::Failed:
    case HandOut::Unreachable:
    case HandOut::Usage:
        return Mood::Lapsed;
    case HandOut::Denied:
    case HandOut::Blocked:
        return Mood::Ended;
    case HandOut::SignInNeeded:
    case HandOut::TrustNeeded:
    case HandOut::CodeNeeded:
        return Mood::NeedsYou;
    }
    Q_UNREACHABLE();
}

//! Equal where one repeats the other, whichever process that was.
QString foldingKey(const HandOut &handOut)
{
    const latchkey::Program &program = handOut.program;
    const QStringList parts{QString::number(localTime(handOut.at).date().toJulianDay()),
        QString::number(handOut.answer), QString::number(handOut.isCertain), handOut.session,
        program.executable, program.script, program.parentScript, program.parents.value(0)};
    return parts.join(u'\n');
}

QString wholeKey(const HandOut &handOut)
{
    const QStringList parts{foldingKey(handOut),
        QString::number(handOut.at.time_since_epoch().count()),
        QString::number(handOut.program.pid), handOut.program.terminal};
    return parts.join(u'\n');
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

//! From the newest on, so that a row is where the last of its repeats was.
QList<LedgerModel::Row> LedgerModel::rows() const
{
    const auto &entries = m_ledger.entries();
    QHash<QString, qsizetype> places;
    QList<Row> rows;
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const QString key = m_isFolded ? foldingKey(*entry) : wholeKey(*entry);
        const auto known = m_isFolded ? places.constFind(key) : places.constEnd();
        if (known == places.constEnd()) {
            places.insert(key, rows.size());
            rows.append({key, *entry, entry->at});
        } else {
            rows[*known].last.requests += entry->requests;
            rows[*known].first = entry->at;
        }
    }
    std::ranges::reverse(rows);
    return rows;
}

//! Removes and inserts single rows instead of resetting, so that a selection stays.
void LedgerModel::takeNew()
{
    const QList<Row> now = rows();
    qsizetype kept = 0;
    while (kept < m_rows.size()) {
        if (kept < now.size() && m_rows[kept].key == now[kept].key) {
            take(kept, now[kept]);
            ++kept;
        } else {
            drop(kept);
        }
    }
    if (kept == now.size())
        return;
    beginInsertRows({}, 0, static_cast<int>(now.size() - kept) - 1);
    m_rows.append(now.sliced(kept));
    endInsertRows();
}

void LedgerModel::take(qsizetype at, const Row &now)
{
    if (m_rows[at].last == now.last && m_rows[at].first == now.first)
        return;
    m_rows[at] = now;
    const int row = rowCount() - 1 - static_cast<int>(at);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void LedgerModel::drop(qsizetype at)
{
    const int row = rowCount() - 1 - static_cast<int>(at);
    beginRemoveRows({}, row, row);
    m_rows.removeAt(at);
    endRemoveRows();
}

void LedgerModel::takeAll()
{
    beginResetModel();
    m_rows = rows();
    endResetModel();
}

void LedgerModel::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    takeAll();
}

int LedgerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LedgerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LedgerModel::data(const QModelIndex &index, int role) const
{
    const Row &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(HandOutView::of(row.last, m_clock().wall), index.column());
    case Qt::DecorationRole:
        return index.column() == Answer ? QVariant(moodIcon(moodOf(row.last.answer))) : QVariant();
    case Qt::ToolTipRole: {
        const QString more = description(row, index.column());
        return plainToolTip(more.isEmpty() ? data(index, Qt::DisplayRole).toString() : more);
    }
    case Qt::AccessibleDescriptionRole:
        return description(row, index.column());
    case searchRole:
        return wordsOf(row.last);
    default:
        return {};
    }
}

QString LedgerModel::description(const Row &row, int column) const
{
    const WallTime now = m_clock().wall;
    if (column == Program)
        return HandOutView::of(row.last, now).details;
    const bool isFolded = column == When && row.first < row.last.at;
    return isFolded ? tr("From %1 to %2").arg(timeOf(row.first, now), timeOf(row.last.at, now))
                    : QString();
}

QString LedgerModel::wordsOf(const HandOut &handOut) const
{
    const HandOutView view = HandOutView::of(handOut, m_clock().wall);
    return QStringList{
        view.when, view.session, view.program, view.terminal, view.answer, view.details}
        .join(u'\n');
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
