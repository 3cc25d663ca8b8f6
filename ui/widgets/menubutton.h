// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPushButton>

class QMenu;

namespace latchkey::ui {

//! A button that opens a menu. Unlike a QPushButton with a menu, it runs no event loop of its own
//! meanwhile, in which an assistive tool that pressed it would wait for an answer in vain.
class MenuButton : public QPushButton {
    Q_OBJECT
public:
    explicit MenuButton(const QString &text, QWidget *parent = nullptr);

    //! Not owned.
    void setPopup(QMenu *popup) { m_popup = popup; }
    [[nodiscard]] QMenu *popup() const { return m_popup; }

protected:
    void initStyleOption(QStyleOptionButton *option) const override;

private:
    void open();

    QMenu *m_popup = nullptr;
};

} // namespace latchkey::ui
