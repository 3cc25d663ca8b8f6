// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLineEdit>

namespace latchkey::ui {

//! A value that can be read, selected and copied, also by keyboard and assistive tools, but not
//! changed. Looks like a label. What does not fit ends in an ellipsis, and the tool tip has it all.
class ValueField final : public QLineEdit {
    Q_OBJECT
public:
    explicit ValueField(const QString &name, QWidget *parent = nullptr);

    //! Where the value is the same, a selection stays.
    void setValue(const QString &value);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QRect textRect() const;
    [[nodiscard]] bool isTooLong() const;
    void updateToolTip();
};

} // namespace latchkey::ui
