// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>
#include <QEvent>

namespace latchkey::ui {

//! Makes a double click on a button one click: the second one would undo what the first has done,
//! where that gives the button another meaning.
class OneClick final : public QObject {
public:
    explicit OneClick(QAbstractButton *button)
        : QObject(button)
        , m_button(button)
    {
        button->installEventFilter(this);
    }

    //! Comes after the second press.
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::MouseButtonDblClick)
            return false;
        m_button->setDown(false);
        return true;
    }

private:
    QAbstractButton *m_button;
};

} // namespace latchkey::ui
