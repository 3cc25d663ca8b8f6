// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;
class QLayout;
class QProgressBar;
class QPushButton;

namespace latchkey::ui {

//! Says what is going on, with a small bar that has no end in sight. Hidden while idle.
class BusyHint final : public QWidget {
    Q_OBJECT
public:
    explicit BusyHint(QWidget *parent = nullptr);

    //! Empty: idle.
    void setText(const QString &text);

    //! A row for the bottom of a page: the hint, and beside it the buttons that go on and back.
    [[nodiscard]] QLayout *besideButtons(QPushButton *accept, QPushButton *reject);

private:
    QLabel *m_text;
    QProgressBar *m_bar;
};

} // namespace latchkey::ui
