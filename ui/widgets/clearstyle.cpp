// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/clearstyle.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr auto noRoom = QStyle::SP_ToolBarHorizontalExtensionButton;

//! By the style that there is when it is drawn. To look it up earlier would load all of Qt's
//! plugins for pictures, and hold up the first window.
class NoRoomIcon final : public QIconEngine {
public:
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        icon().paint(painter, rect, Qt::AlignCenter, mode, state);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return icon().pixmap(size, mode, state);
    }

    QIconEngine *clone() const override { return new NoRoomIcon; }

private:
    static QIcon icon()
    {
        const auto *ours = qobject_cast<const ClearStyle *>(QApplication::style());
        return (ours ? ours->baseStyle() : QApplication::style())->standardIcon(noRoom);
    }
};

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

//! Picture and text, together in the middle.
void drawFromTheRight(const QStyle &style, const QStyleOptionButton &button, QPainter &painter)
{
    constexpr int gap = 4;
    const int side = button.iconSize.width();
    const int length =
        button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width() + gap + side;
    QRect line(QPoint(), QSize(length, button.rect.height()));
    line.moveCenter(button.rect.center());
    QRect picture(QPoint(), button.iconSize);
    picture.moveCenter({line.right() - side / 2, line.center().y()});
    const bool isEnabled = button.state.testFlag(QStyle::State_Enabled);
    button.icon.paint(
        &painter, picture, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    line.setRight(line.right() - side - gap);
    const bool showsKeys = style.styleHint(QStyle::SH_UnderlineShortcut, &button) != 0;
    style.drawItemText(&painter, line,
        Qt::AlignVCenter | Qt::AlignRight | Qt::AlignAbsolute
            | (showsKeys ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
        button.palette, isEnabled, button.text, QPalette::ButtonText);
}

} // namespace

void ClearStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool isOurs = element == CE_PushButtonLabel && button && !button->icon.isNull()
        && !button->text.isEmpty() && button->direction == Qt::RightToLeft
        && baseStyle()->name() == "fusion"_L1;
    if (isOurs)
        drawFromTheRight(*this, *button, *painter);
    else
        QProxyStyle::drawControl(element, option, painter, widget);
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

QIcon ClearStyle::standardIcon(
    StandardPixmap picture, const QStyleOption *option, const QWidget *widget) const
{
    return picture == noRoom ? QIcon(new NoRoomIcon)
                             : QProxyStyle::standardIcon(picture, option, widget);
}

} // namespace latchkey::ui
