// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;
class QLayout;
class QProgressBar;
class QPushButton;

namespace latchkey::ui {

//! Says what is going on, beside a small bar that moves but shows no progress. Hidden while idle.
class BusyHint final : public QWidget {
    Q_OBJECT
public:
    explicit BusyHint(QWidget *parent = nullptr);

    //! Hides it where \a text is empty.
    void setText(const QString &text);

    //! The row at the bottom of a page: this hint, and beside it the two buttons.
    [[nodiscard]] QLayout *besideButtons(QPushButton *accept, QPushButton *reject);

private:
    QLabel *m_text;
    QProgressBar *m_bar;
};

} // namespace latchkey::ui
