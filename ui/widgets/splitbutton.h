// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QIcon;
class QMenu;
class QPushButton;

namespace latchkey::ui {

class MenuButton;

//! A button and, welded to its end, another that opens a menu with more of the same kind. To
//! keyboards and assistive tools they are two, each with a name.
class SplitButton final : public QWidget {
    Q_OBJECT
public:
    //! \a menuName and \a menuHint are for the other half.
    SplitButton(const QIcon &icon, const QString &text, const QString &menuName,
        const QString &menuHint, QWidget *parent = nullptr);

    [[nodiscard]] QPushButton *button() const;
    //! Not owned. Without one, there is the first half alone.
    void setPopup(QMenu *popup);

private:
    class Half;
    class MenuHalf;

    QPushButton *m_button;
    MenuButton *m_opener;
};

} // namespace latchkey::ui
