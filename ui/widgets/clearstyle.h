// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QProxyStyle>

class QStyleOptionButton;

namespace latchkey::ui {

//! The desktop's style. Where that is Qt's own, Fusion, boxes and radio buttons get an outline that
//! can be seen: Fusion draws one that is a little darker than what it is on, also on dark. Buttons
//! have icon and text side by side also where one reads from the right, and what folds and unfolds
//! shows that by its arrow alone.
class ClearStyle final : public QProxyStyle {
    Q_OBJECT
public:
    using QProxyStyle::QProxyStyle;

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
        QPainter *painter, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;

private:
    void drawFromTheRight(const QStyleOptionButton &button, QPainter &painter) const;
};

} // namespace latchkey::ui
