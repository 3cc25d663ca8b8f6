// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessiondelegate.h"

#include "sessions/sessionorder.h"
#include "sessions/sessionview.h"
#include "widgets/palettes.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! In heights of a line of text, of which a usual one has 17 pixels.
constexpr double headingHeight = 1.7;
constexpr double twoLines = 2.6;
constexpr double oneLine = 1.5;

int inLines(const QStyleOptionViewItem &row, double count)
{
    return qRound(row.fontMetrics.height() * count);
}

QFont bold(const QFont &font)
{
    QFont result = font;
    result.setBold(true);
    return result;
}

//! Writes into the leading part of a line, and takes what it needs off the line; nothing where no
//! more than a few letters would fit.
void write(QPainter &painter, QRect &line, const QStyleOptionViewItem &row, const QString &words,
    const QFont &font)
{
    const QFontMetrics metrics(font);
    if (line.width() < metrics.averageCharWidth() * 8)
        return;
    const QString text = metrics.elidedText(words, Qt::ElideRight, line.width());
    painter.setFont(font);
    painter.drawText(QStyle::visualRect(row.direction, row.rect, line),
        static_cast<int>(Qt::AlignLeading | Qt::AlignVCenter), text);
    line.setLeft(line.left() + metrics.horizontalAdvance(text) + metrics.averageCharWidth());
}

//! The same at the trailing end.
void writeAtEnd(
    QPainter &painter, QRect &line, const QStyleOptionViewItem &row, const QString &words)
{
    painter.setFont(row.font);
    painter.drawText(QStyle::visualRect(row.direction, row.rect, line),
        static_cast<int>(Qt::AlignTrailing | Qt::AlignVCenter), words);
    const int width = row.fontMetrics.horizontalAdvance(words);
    line.setRight(line.right() - (width ? width + row.fontMetrics.averageCharWidth() : 0));
}

//! The address only where it is not cut, unless there is nothing else.
QString besideTheName(
    const QStyleOptionViewItem &row, const SessionView &view, int width, bool isCompact)
{
    const QString need = view.inItsGroup();
    const QString both = need.isEmpty() ? view.address() : need + u" · "_s + view.address();
    const bool isWhole = row.fontMetrics.horizontalAdvance(both) <= width;
    return isWhole || (need.isEmpty() && !isCompact) ? both : need;
}

} // namespace

void SessionDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    painter->save();
    if (const QString heading = index.data(SessionOrder::HeadingRole).toString();
        !heading.isEmpty()) {
        paintHeading(*painter, row, heading);
        row.rect.setTop(row.rect.top() + inLines(row, headingHeight));
    }
    const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);
    paintSession(*painter, row,
        SessionView(index.data(SessionModel::SnapshotRole).value<SessionSnapshot>()),
        index.data(SessionOrder::CompactRole).toBool());
    painter->restore();
}

void SessionDelegate::paintHeading(
    QPainter &painter, const QStyleOptionViewItem &row, const QString &heading)
{
    const int space = inLines(row, 0.5);
    QRect line(row.rect.left(), row.rect.top(), row.rect.width(), inLines(row, headingHeight));
    line.adjust(space, space / 2, -space, 0);
    painter.setPen(fainter(row.palette.color(QPalette::Text)));
    write(painter, line, row, heading, bold(row.font));
}

void SessionDelegate::paintSession(
    QPainter &painter, const QStyleOptionViewItem &row, const SessionView &view, bool isCompact)
{
    const int space = inLines(row, 0.5);
    const int side = inLines(row, isCompact ? 0.95 : 1.2);
    const int height = row.fontMetrics.height();
    QRect icon(0, 0, side, side);
    icon.moveCenter({row.rect.left() + space + inLines(row, 0.6), row.rect.center().y()});
    const QColor color = textColor(row);
    const bool isSelected = row.state.testFlag(QStyle::State_Selected);
    moodIcon(view.mood(), isSelected ? color : QColor())
        .paint(&painter, QStyle::visualRect(row.direction, row.rect, icon));

    const int lines = isCompact ? 1 : 2;
    QRect line(0, row.rect.center().y() - lines * height / 2 + 1, 0, height);
    line.setLeft(row.rect.left() + space + inLines(row, 1.2) + space);
    line.setRight(row.rect.right() - space);
    QRect below = isCompact ? line : line.translated(0, height);
    QRect &second = isCompact ? line : below;
    painter.setPen(color);
    if (view.snapshot().hasGoodAccess())
        writeAtEnd(painter, line, row, view.timeLeft());
    write(painter, line, row, view.name(), bold(row.font));
    painter.setPen(isSelected ? color : fainter(color));
    write(painter, second, row, besideTheName(row, view, second.width(), isCompact), row.font);
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isFirst = !index.data(SessionOrder::HeadingRole).toString().isEmpty();
    const bool isCompact = index.data(SessionOrder::CompactRole).toBool();
    const int heading = isFirst ? inLines(option, headingHeight) : 0;
    return {inLines(option, 12), heading + inLines(option, isCompact ? oneLine : twoLines)};
}

} // namespace latchkey::ui
