// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "doctor/findingdelegate.h"

#include "widgets/palettes.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QScrollBar>

namespace latchkey::ui {

namespace {

constexpr int wrapped = Qt::AlignLeading | Qt::AlignTop | Qt::TextWordWrap;

int spaceOf(const QStyleOptionViewItem &row)
{
    return row.fontMetrics.height() / 2;
}

//! Of the words, beside the sign and below the name.
QRect placeOfWords(const QStyleOptionViewItem &row, const QRect &whole)
{
    const int space = spaceOf(row);
    const int side = row.decorationSize.width() + 2 * space;
    const int edge = space * 3 / 4;
    return whole.adjusted(side, edge + row.fontMetrics.height(), -space, -edge);
}

QString nameOf(const QModelIndex &finding)
{
    return finding.data().toString().section(u'\n', 0, 0);
}

QString wordsOf(const QModelIndex &finding)
{
    return finding.data().toString().section(u'\n', 1);
}

} // namespace

void FindingDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    const QIcon icon = std::exchange(row.icon, {});
    row.features &= ~QStyleOptionViewItem::HasDecoration;
    row.widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    painter->save();
    const QRect words = placeOfWords(row, row.rect);
    const int height = row.fontMetrics.height();
    QRect sign(QPoint(row.rect.left() + spaceOf(row), words.top() - height), row.decorationSize);
    sign.translate(0, height - row.decorationSize.height() / 2);
    const bool isSelected = row.state.testFlag(QStyle::State_Selected);
    const QColor color = textColor(row);
    icon.paint(painter, QStyle::visualRect(row.direction, row.rect, sign), Qt::AlignCenter,
        isSelected ? QIcon::Selected : QIcon::Normal);
    painter->setPen(isSelected ? color : fainter(color));
    painter->drawText(QStyle::visualRect(row.direction, row.rect, words), wrapped, wordsOf(index));
    painter->setPen(color);
    row.font.setBold(true);
    painter->setFont(row.font);
    const QRect name(words.left(), words.top() - height, words.width(), height);
    painter->drawText(QStyle::visualRect(row.direction, row.rect, name), Qt::AlignLeading,
        QFontMetrics(row.font).elidedText(nameOf(index), Qt::ElideRight, name.width()));
    painter->restore();
}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const auto *list = qobject_cast<const QAbstractItemView *>(row.widget);
    const QRect whole(0, 0, list->viewport()->width(), 10 * row.fontMetrics.height());
    const QRect words = placeOfWords(row, whole);
    // Rows are not measured again when the scroll bar takes its room.
    const QScrollBar *bar = list->verticalScrollBar();
    const int room = bar->isVisible() ? 0 : bar->sizeHint().width();
    const QRect needed =
        row.fontMetrics.boundingRect(words.adjusted(0, 0, -room, 0), wrapped, wordsOf(index));
    return {whole.width(), whole.height() - words.height() + needed.height()};
}

} // namespace latchkey::ui
