// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionlist.h"

#include "sessions/sessionview.h"
#include "widgets/icons.h"

#include "session/sessionmodel.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

SessionView viewOf(const QModelIndex &index)
{
    return SessionView(index.data(SessionModel::SnapshotRole).value<SessionSnapshot>());
}

QString spoken(const SessionView &view)
{
    QStringList parts{view.state(), view.address()};
    if (view.snapshot().hasGoodAccess())
        parts.insert(1, view.timeLeft());
    return parts.join(u", "_s);
}

} // namespace

QVariant AccessibleSessions::data(const QModelIndex &index, int role) const
{
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return spoken(viewOf(index));
    return QIdentityProxyModel::data(index, role);
}

void SessionDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const SessionView view = viewOf(index);
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    const int line = row.fontMetrics.height();
    const QRect content = row.rect.adjusted(line / 2, line / 2, -line / 2, -line / 2);
    const int side = line * 3 / 2;
    const QRect icon(content.left(), content.center().y() - side / 2, side, side);
    QRect text = content.adjusted(side + line / 2, 0, 0, 0);
    if (row.direction == Qt::RightToLeft)
        text = content.adjusted(0, 0, -side - line / 2, 0);
    moodIcon(view.mood()).paint(painter, QStyle::visualRect(row.direction, content, icon));

    const bool isSelected = row.state.testFlag(QStyle::State_Selected);
    const auto group =
        row.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    painter->save();
    painter->setPen(
        row.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text));
    const auto drawLine = [&](int number, const QString &words, const QFont &font, int room) {
        const QRect rect(text.left(), text.top() + number * line, room, line);
        painter->setFont(font);
        painter->drawText(QStyle::visualRect(row.direction, text, rect),
            static_cast<int>(Qt::AlignLeading | Qt::AlignVCenter),
            QFontMetrics(font).elidedText(words, Qt::ElideRight, room));
    };
    QFont bold = row.font;
    bold.setBold(true);
    const QString left = view.snapshot().hasGoodAccess() ? view.timeLeft() : QString();
    const int leftWidth = row.fontMetrics.horizontalAdvance(left);
    drawLine(0, view.name(), bold, text.width() - (leftWidth ? leftWidth + line / 2 : 0));
    painter->setFont(row.font);
    painter->drawText(QRect(text.left(), text.top(), text.width(), line),
        static_cast<int>(Qt::AlignTrailing | Qt::AlignVCenter), left);
    drawLine(1, view.address(), row.font, text.width());
    drawLine(2, view.state(), row.font, text.width());
    painter->restore();
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int line = option.fontMetrics.height();
    return {line * 12, line * 4};
}

SessionList::SessionList(SessionModel &sessions, QWidget *parent)
    : QListView(parent)
    , m_sessions(sessions)
{
    setAccessibleName(tr("Sessions"));
    auto *spoken = new AccessibleSessions(this);
    spoken->setSourceModel(&sessions);
    setModel(spoken);
    setItemDelegate(new SessionDelegate(this));
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    if (model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
}

Session *SessionList::chosen() const
{
    return m_sessions.at(currentIndex().row());
}

void SessionList::choose(const QString &name)
{
    const int row = m_sessions.rowOf(name);
    if (row >= 0)
        setCurrentIndex(model()->index(row, 0));
}

void SessionList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    Q_EMIT chosenChanged();
}

void SessionList::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QListView::rowsInserted(parent, start, end);
    if (!currentIndex().isValid())
        setCurrentIndex(model()->index(start, 0));
}

} // namespace latchkey::ui
