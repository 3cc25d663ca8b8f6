// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionorder.h"

#include "sessions/sessionview.h"
#include "widgets/plaintext.h"

#include <algorithm>
#include <ranges>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

SessionView viewOf(const QModelIndex &index)
{
    return SessionView(index.data(SessionModel::SnapshotRole).value<SessionSnapshot>());
}

Mood::Group groupOf(const Session &session)
{
    return groupOf(moodOf(session.snapshot()));
}

QString spoken(const SessionView &view)
{
    QStringList parts{view.state(), view.address()};
    if (view.snapshot().hasGoodAccess())
        parts.insert(1, view.timeLeft());
    return listed(parts);
}

} // namespace

SessionOrder::SessionOrder(SessionModel &sessions, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_sessions(sessions)
{
    const auto forget = [this] {
        m_areStartsKnown = false;
    };
    connect(this, &QAbstractItemModel::dataChanged, this, forget);
    connect(this, &QAbstractItemModel::layoutChanged, this, forget);
    connect(this, &QAbstractItemModel::rowsInserted, this, forget);
    connect(this, &QAbstractItemModel::rowsRemoved, this, forget);
    setSourceModel(&sessions);
    sort(0);
}

void SessionOrder::setFilter(const QString &words)
{
    m_words = words.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

int SessionOrder::countOf(Mood::Group group) const
{
    const auto at = static_cast<std::size_t>(group);
    return starts().at(at + 1) - starts().at(at);
}

QVariant SessionOrder::data(const QModelIndex &index, int role) const
{
    switch (role) {
    case HeadingRole:
        return heading(index.row());
    case CompactRole:
        return rowCount() > mostAtEase && index.row() >= starts().at(Mood::WellOff);
    case Qt::ToolTipRole:
        return plainToolTip(u"%1\n%2"_s.arg(viewOf(index).name(), spoken(viewOf(index))));
    case Qt::AccessibleDescriptionRole:
        return spoken(viewOf(index));
    default:
        return QSortFilterProxyModel::data(index, role);
    }
}

bool SessionOrder::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (m_words.isEmpty())
        return true;
    const SessionView view(m_sessions.at(row)->snapshot());
    const QString text = QStringList{view.name(), view.address(), view.state()}.join(u'\n');
    return std::ranges::all_of(
        m_words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool SessionOrder::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const Session &one = *m_sessions.at(left.row());
    const Session &other = *m_sessions.at(right.row());
    const Mood::Value mood = moodOf(one.snapshot());
    const Mood::Value otherMood = moodOf(other.snapshot());
    if (const auto group = groupOf(mood), otherGroup = groupOf(otherMood); group != otherGroup)
        return group < otherGroup;
    if (groupOf(mood) == Mood::NotRenewed && mood != otherMood)
        return mood > otherMood;
    return m_isBefore(one.account().name, other.account().name);
}

QString SessionOrder::heading(int row) const
{
    for (std::size_t group = 0; group < groups; ++group) {
        const int count = starts().at(group + 1) - starts().at(group);
        if (count > 0 && starts().at(group) == row)
            return headingOf(static_cast<Mood::Group>(group), count);
    }
    return {};
}

QString SessionOrder::headingOf(Mood::Group group, int count)
{
    switch (group) {
    case Mood::InNeed:
        return tr("Needs you (%n)", "group of sessions", count);
    case Mood::NotRenewed:
        return tr("Cannot renew (%n)", "group of sessions", count);
    case Mood::WellOff:
        return tr("Signed in (%n)", "group of sessions", count);
    case Mood::Out:
        return tr("Signed out (%n)", "group of sessions", count);
    }
    Q_UNREACHABLE();
}

const std::array<int, SessionOrder::groups + 1> &SessionOrder::starts() const
{
    if (std::exchange(m_areStartsKnown, true))
        return m_starts;
    const auto groupAt = [this](int row) {
        return groupOf(*m_sessions.at(mapToSource(index(row, 0)).row()));
    };
    const auto rows = std::views::iota(0, rowCount());
    for (int group = 0; group < groups; ++group) {
        const auto start = std::ranges::partition_point(
            rows, [&](int row) { return static_cast<int>(groupAt(row)) < group; });
        m_starts.at(static_cast<std::size_t>(group)) = static_cast<int>(start - rows.begin());
    }
    m_starts.back() = rowCount();
    return m_starts;
}

} // namespace latchkey::ui
