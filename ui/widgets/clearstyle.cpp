// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/clearstyle.h"

#include <QPainter>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! Half way from the ground to the text, which is at least 3:1 on either.
QColor outlineOn(const QPalette &palette)
{
    const QColor ground = palette.color(QPalette::Window);
    const QColor text = palette.color(QPalette::WindowText);
    const auto between = [](float from, float to) {
        return (from + to) / 2;
    };
    return QColor::fromRgbF(between(ground.redF(), text.redF()),
        between(ground.greenF(), text.greenF()), between(ground.blueF(), text.blueF()));
}

//! Qt puts the icon of a button into the middle where one reads from the right, and the text at the
//! edge.
bool isMisplaced(QStyle::ControlElement element, const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return element == QStyle::CE_PushButtonLabel && button && !button->icon.isNull()
        && !button->text.isEmpty() && button->direction == Qt::RightToLeft;
}

} // namespace

void ClearStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    if (isMisplaced(element, option))
        drawFromTheRight(*qstyleoption_cast<const QStyleOptionButton *>(option), *painter);
    else
        QProxyStyle::drawControl(element, option, painter, widget);
}

//! The icon and then the text, both in the middle.
void ClearStyle::drawFromTheRight(const QStyleOptionButton &button, QPainter &painter) const
{
    const bool isEnabled = button.state.testFlag(State_Enabled);
    const int gap = button.iconSize.width() / 4;
    const int beside = button.iconSize.width() + gap;
    const int width = beside + button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width();
    QRect content(0, 0, width, button.rect.height());
    content.moveCenter(button.rect.center());
    button.icon.paint(&painter, content.adjusted(width - button.iconSize.width(), 0, 0, 0),
        Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    drawItemText(&painter, content.adjusted(0, 0, -beside, 0),
        Qt::AlignCenter | Qt::TextShowMnemonic, button.palette, isEnabled, button.text,
        QPalette::ButtonText);
}

void ClearStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
    QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    const bool isFold = control == CC_ToolButton && button
        && button->state.testFlag(State_AutoRaise)
        && button->features.testFlag(QStyleOptionToolButton::Arrow);
    if (!isFold)
        return QProxyStyle::drawComplexControl(control, option, painter, widget);
    QStyleOptionToolButton flat = *button;
    flat.state.setFlag(State_On, false);
    QProxyStyle::drawComplexControl(control, &flat, painter, widget);
}

void ClearStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
    QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isRound = element == PE_IndicatorRadioButton;
    if ((!isRound && element != PE_IndicatorCheckBox) || baseStyle()->name() != "fusion"_L1)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(outlineOn(option->palette));
    painter->setBrush(Qt::NoBrush);
    const QRectF edge = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isRound)
        painter->drawEllipse(edge);
    else
        painter->drawRoundedRect(edge, 2, 2);
    painter->restore();
}

} // namespace latchkey::ui
