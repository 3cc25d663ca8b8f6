// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/valuefield.h"

#include "widgets/plaintext.h"

#include <QPainter>
#include <QStyleOptionFrame>

namespace latchkey::ui {

ValueField::ValueField(const QString &name, QWidget *parent)
    : QLineEdit(parent)
{
    setAccessibleName(name);
    setReadOnly(true);
    setFrame(false);
    setTextMargins(0, 0, 0, 0);
    setAlignment(readingSide());
    QPalette flat; // so that all other colours go with those of the desktop
    flat.setColor(QPalette::Base, Qt::transparent);
    setPalette(flat);
}

void ValueField::setValue(const QString &value)
{
    if (value == text())
        return;
    setText(value);
    setCursorPosition(0);
    updateToolTip();
}

void ValueField::paintEvent(QPaintEvent *event)
{
    if (hasFocus() || !isTooLong())
        return QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Text));
    const QRect rect = textRect();
    painter.drawText(rect, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading),
        fontMetrics().elidedText(text(), Qt::ElideRight, rect.width()));
}

void ValueField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    updateToolTip();
}

//! QLineEdit keeps two pixels free at either side of its text.
QRect ValueField::textRect() const
{
    constexpr int inset = 2;
    return rect().adjusted(inset, 0, -inset, 0);
}

bool ValueField::isTooLong() const
{
    return fontMetrics().horizontalAdvance(text()) > textRect().width();
}

void ValueField::updateToolTip()
{
    setToolTip(isTooLong() ? plainToolTip(text()) : QString());
}

} // namespace latchkey::ui
