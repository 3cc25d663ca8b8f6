// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSpinBox>
#include <QWheelEvent>

namespace latchkey::ui {

//! A number. As with a ChoiceBox, scrolling past it must not set anything.
class NumberBox final : public QSpinBox {
    Q_OBJECT
public:
    using QSpinBox::QSpinBox;

protected:
    void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

} // namespace latchkey::ui
