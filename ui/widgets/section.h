// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QToolButton;

namespace latchkey::ui {

//! Something under a title. A click on the title folds it away, and another one brings it back.
class Section final : public QWidget {
    Q_OBJECT
public:
    Section(const QString &title, QWidget *content, QWidget *parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void setOpen(bool isOpen);

Q_SIGNALS:
    //! A person has folded or unfolded it.
    void toggled(bool isOpen);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showState();

    QToolButton *m_title;
    QWidget *m_content;
    bool m_isOpen = true;
};

} // namespace latchkey::ui
