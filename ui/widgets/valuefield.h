// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLineEdit>

namespace latchkey::ui {

//! A value that can be read, selected and copied, by keyboard and by assistive tools too, but
//! not changed. Looks like a label; what does not fit is elided and told in full by the tooltip.
class ValueField final : public QLineEdit {
    Q_OBJECT
public:
    explicit ValueField(const QString &name, QWidget *parent = nullptr);

    //! Leaves the selection alone when nothing changes.
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
