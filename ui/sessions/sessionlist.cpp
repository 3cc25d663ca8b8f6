// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionlist.h"

#include "sessions/sessiondelegate.h"
#include "sessions/sessionorder.h"

#include <QContextMenuEvent>
#include <QSignalBlocker>

namespace latchkey::ui {

SessionList::SessionList(SessionModel &sessions, QWidget *parent)
    : QListView(parent)
    , m_sessions(sessions)
    , m_order(new SessionOrder(sessions, this))
{
    setAccessibleName(tr("Sessions"));
    setModel(m_order);
    setItemDelegate(new SessionDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setResizeMode(QListView::Adjust);
    chooseRow(0);
}

Session *SessionList::chosen() const
{
    return m_sessions.at(m_order->mapToSource(currentIndex()).row());
}

void SessionList::choose(const QString &name)
{
    const QModelIndex source = m_sessions.index(m_sessions.rowOf(name));
    if (const QModelIndex found = m_order->mapFromSource(source); found.isValid())
        setCurrentIndex(found);
}

//! A choice that goes on its way through what is left, row by row, is nobody's.
void SessionList::setFilter(const QString &words)
{
    const Session *before = chosen();
    {
        const QSignalBlocker quiet(this);
        m_order->setFilter(words);
        chooseRow(0);
        if (before)
            choose(before->account().name);
    }
    Q_EMIT chosenChanged();
}

bool SessionList::isEmpty() const
{
    return m_order->rowCount() == 0;
}

void SessionList::chooseNextInTrouble()
{
    const int next = currentIndex().row() + 1;
    const int count = m_order->countOf(Mood::InNeed) + m_order->countOf(Mood::NotRenewed);
    chooseRow(next < count ? next : 0);
}

void SessionList::chooseRow(int row)
{
    if (row < m_order->rowCount())
        setCurrentIndex(m_order->index(row, 0));
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
        chooseRow(start);
}

void SessionList::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && chosen())
        Q_EMIT primaryRequested();
    else
        QListView::keyPressEvent(event);
}

void SessionList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByMouse = event->reason() == QContextMenuEvent::Mouse;
    if (!chosen() || (isByMouse && !indexAt(event->pos()).isValid()))
        return;
    const QPoint middle = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    Q_EMIT menuRequested(isByMouse ? event->globalPos() : middle);
}

} // namespace latchkey::ui
