// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/valuegroup.h"

#include <QKeyEvent>
#include <QWidget>

#include <algorithm>

namespace latchkey::ui {

void ValueGroup::add(QWidget *value)
{
    m_values.append(value);
    value->setFocusPolicy(Qt::ClickFocus);
    value->installEventFilter(this);
    stopSomewhere();
}

bool ValueGroup::eventFilter(QObject *watched, QEvent *event)
{
    auto *value = static_cast<QWidget *>(watched);
    if (event->type() == QEvent::FocusIn)
        stopAt(value);
    else if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent)
        stopSomewhere();
    else if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_Down)
            return move(value, 1);
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_Up)
            return move(value, -1);
    }
    return QObject::eventFilter(watched, event);
}

void ValueGroup::stopAt(QWidget *value)
{
    if (m_stop)
        m_stop->setFocusPolicy(Qt::ClickFocus);
    m_stop = value;
    if (m_stop)
        m_stop->setFocusPolicy(Qt::StrongFocus);
}

//! At the first that is not hidden, unless it stops already.
void ValueGroup::stopSomewhere()
{
    if (m_stop && !m_stop->isHidden())
        return;
    const auto first = std::ranges::find_if_not(m_values, &QWidget::isHidden);
    stopAt(first == m_values.end() ? nullptr : *first);
}

bool ValueGroup::move(QWidget *from, int by)
{
    qsizetype place = m_values.indexOf(from) + by;
    while (place >= 0 && place < m_values.size() && m_values[place]->isHidden())
        place += by;
    if (place < 0 || place >= m_values.size())
        return false;
    m_values[place]->setFocus(by > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace latchkey::ui
