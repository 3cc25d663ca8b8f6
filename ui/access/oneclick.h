// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QStyleHints>

#include <optional>

namespace latchkey::ui {

//! Makes one click of quick ones on a button: the second or third one would undo what the first has
//! done, where that gives the button another meaning.
class OneClick final : public QObject {
public:
    explicit OneClick(QAbstractButton *button)
        : QObject(button)
    {
        button->installEventFilter(this);
    }

    //! A third press comes as an ordinary one.
    bool eventFilter(QObject *, QEvent *event) override
    {
        const bool isRelease = event->type() == QEvent::MouseButtonRelease;
        const bool isAgain = event->type() == QEvent::MouseButtonDblClick;
        if (!isRelease && !isAgain && event->type() != QEvent::MouseButtonPress)
            return false;
        const quint64 now = static_cast<QMouseEvent *>(event)->timestamp();
        const auto interval = QGuiApplication::styleHints()->mouseDoubleClickInterval();
        const bool isSoon = m_last && now - *m_last < static_cast<quint64>(interval);
        m_last = now;
        return isAgain || (isSoon && !isRelease);
    }

private:
    //! When the mouse last did anything to the button.
    std::optional<quint64> m_last;
};

} // namespace latchkey::ui
