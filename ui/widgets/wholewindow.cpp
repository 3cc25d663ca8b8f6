// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/wholewindow.h"

#include <QEvent>
#include <QLayout>

#include <algorithm>

namespace latchkey::ui {

WholeWindow::WholeWindow(QWidget *window, const QSize &least)
    : QObject(window)
    , m_window(window)
    , m_least(least)
{
    window->installEventFilter(this);
}

bool WholeWindow::eventFilter(QObject *watched, QEvent *event)
{
    const bool mayBeCut = event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest
        || event->type() == QEvent::Show;
    if (mayBeCut && m_window->layout())
        keepWhole();
    return QObject::eventFilter(watched, event);
}

void WholeWindow::keepWhole()
{
    const QLayout *layout = m_window->layout();
    QSize least = layout->totalMinimumSize().expandedTo(m_least);
    const int width = std::max(m_window->width(), least.width());
    if (layout->hasHeightForWidth())
        least.setHeight(std::max(m_least.height(), layout->minimumHeightForWidth(width)));
    m_window->setMinimumSize(least);
}

} // namespace latchkey::ui
