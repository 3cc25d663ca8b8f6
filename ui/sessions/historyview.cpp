// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/historyview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTreeWidgetItemIterator>

#include <set>

namespace latchkey::ui {

namespace {

enum Column { When, What };
constexpr int textRole = Qt::UserRole;
constexpr int beginRole = Qt::UserRole + 1;

//! Gives a row the height that its text needs when it is wrapped, which a tree does not by itself.
class WrappingDelegate final : public QStyledItemDelegate {
public:
    explicit WrappingDelegate(QTreeView *tree)
        : QStyledItemDelegate(tree)
        , m_tree(tree)
    {
    }

    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem wrapped = option;
        wrapped.rect = QRect(0, 0, widthOf(index), option.fontMetrics.height());
        const QSize tight = QStyledItemDelegate::sizeHint(wrapped, index);
        return tight + QSize(0, option.fontMetrics.height() / 4);
    }

private:
    [[nodiscard]] int widthOf(const QModelIndex &index) const
    {
        if (!m_tree->isFirstColumnSpanned(index.row(), index.parent()))
            return m_tree->columnWidth(index.column());
        const int depth = index.parent().parent().isValid() ? 3 : 2;
        return m_tree->viewport()->width() - depth * m_tree->indentation();
    }

    QTreeView *m_tree;
};

} // namespace

HistoryView::HistoryView(QWidget *parent)
    : QTreeWidget(parent)
{
    setAccessibleName(tr("What happened"));
    setColumnCount(2);
    setHeaderHidden(true);
    header()->setSectionResizeMode(When, QHeaderView::ResizeToContents);
    header()->setStretchLastSection(true);
    connect(header(), &QHeaderView::sectionResized, this, &HistoryView::breakLines);
    setItemDelegate(new WrappingDelegate(this));
    setWordWrap(true);
    setTextElideMode(Qt::ElideNone);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setAllColumnsShowFocus(true);

    auto *copy = new QAction(tr("&Copy details"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(copy, &QAction::triggered, this, &HistoryView::copyDetails);
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(this, &QTreeWidget::itemExpanded, this, &HistoryView::fitHeight);
    connect(this, &QTreeWidget::itemCollapsed, this, &HistoryView::fitHeight);
}

void HistoryView::setEvents(const QList<EventView> &events)
{
    std::set<qlonglong> open;
    for (QTreeWidgetItemIterator it(this); *it; ++it) {
        if ((*it)->isExpanded())
            open.insert((*it)->data(When, beginRole).toLongLong());
    }
    const QVariant chosen = currentItem() ? currentItem()->data(When, beginRole) : QVariant();
    clear();
    for (const EventView &event : events)
        add(event, invisibleRootItem());
    for (QTreeWidgetItemIterator it(this); *it; ++it) {
        const QVariant begin = (*it)->data(When, beginRole);
        if (begin.isValid() && open.contains(begin.toLongLong()))
            (*it)->setExpanded(true);
        if (chosen.isValid() && begin == chosen && !currentItem())
            setCurrentItem(*it);
    }
    fitHeight();
}

//! Details are a row of their own under the event, across both columns.
void HistoryView::add(const EventView &event, QTreeWidgetItem *parent)
{
    auto *item = new QTreeWidgetItem(parent, {event.when, event.sentence()});
    item->setData(When, textRole, event.asText());
    item->setData(When, beginRole, qlonglong(event.begin.time_since_epoch().count()));
    item->setData(What, Qt::AccessibleDescriptionRole, event.details);
    for (const EventView &part : event.parts)
        add(part, item);
    if (event.details.isEmpty())
        return;
    auto *details = new QTreeWidgetItem(item, {event.details});
    details->setData(When, textRole, event.asText());
    details->setFirstColumnSpanned(true);
}

void HistoryView::copyDetails() const
{
    if (const QTreeWidgetItem *item = currentItem())
        QGuiApplication::clipboard()->setText(item->data(When, textRole).toString());
}

void HistoryView::resizeEvent(QResizeEvent *event)
{
    QTreeWidget::resizeEvent(event);
    breakLines();
}

//! Put off, as the columns are in the midst of being laid out.
void HistoryView::breakLines()
{
    scheduleDelayedItemsLayout();
    QMetaObject::invokeMethod(this, &HistoryView::fitHeight, Qt::QueuedConnection);
}

void HistoryView::fitHeight()
{
    executeDelayedItemsLayout();
    const int line = fontMetrics().height();
    const QTreeWidgetItem *last = topLevelItem(topLevelItemCount() - 1);
    while (last && last->isExpanded() && last->childCount() > 0)
        last = last->child(last->childCount() - 1);
    const int rows = last ? visualItemRect(last).bottom() + 1 + verticalOffset() : 0;
    const int height = std::clamp(rows, 3 * line, 12 * line) + 2 * frameWidth();
    if (height != minimumHeight())
        setFixedHeight(height);
}

} // namespace latchkey::ui
