// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/menubutton.h"

#include <QMenu>
#include <QStyleOptionButton>

namespace latchkey::ui {

MenuButton::MenuButton(const QString &text, QWidget *parent)
    : QPushButton(text, parent)
{
    setAutoDefault(true);
    connect(this, &QPushButton::clicked, this, &MenuButton::open);
}

void MenuButton::open()
{
    if (m_popup)
        m_popup->popup(mapToGlobal(rect().bottomLeft() + QPoint(0, 1)));
}

//! With the arrow that tells of a menu.
void MenuButton::initStyleOption(QStyleOptionButton *option) const
{
    QPushButton::initStyleOption(option);
    option->features |= QStyleOptionButton::HasMenu;
}

} // namespace latchkey::ui
