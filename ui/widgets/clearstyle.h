// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QProxyStyle>

namespace latchkey::ui {

//! The desktop's style. Where that is Qt's own, Fusion, boxes and radio buttons get an outline that
//! can be seen: Fusion draws one that is a little darker than what it is on, also on dark. The icon
//! that each menu bar asks for, for the case that it has no room, is looked up when it is drawn.
//! And where one reads from the right, a button's picture stands beside its text.
class ClearStyle final : public QProxyStyle {
    Q_OBJECT
public:
    using QProxyStyle::QProxyStyle;

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    QIcon standardIcon(
        StandardPixmap picture, const QStyleOption *option, const QWidget *widget) const override;
};

} // namespace latchkey::ui
