// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/splitbutton.h"

#include "widgets/menubutton.h"

#include <QHBoxLayout>
#include <QStyleOptionButton>
#include <QStylePainter>

namespace latchkey::ui {

namespace {

enum class Side { Start, End };

//! As the style draws a whole button, of which the other half is out of sight; so there are round
//! corners at the outer ends alone.
void paintHalf(
    const QPushButton &half, QStylePainter &painter, QStyleOptionButton option, Side side)
{
    constexpr int beyond = 32;
    const bool isCutAtRight = (side == Side::Start) == (half.layoutDirection() == Qt::LeftToRight);
    QStyleOptionButton bevel = option;
    bevel.features.setFlag(QStyleOptionButton::HasMenu, false);
    if (isCutAtRight)
        bevel.rect.setRight(bevel.rect.right() + beyond);
    else
        bevel.rect.setLeft(bevel.rect.left() - beyond);
    painter.drawControl(QStyle::CE_PushButtonBevel, bevel);
    option.features.setFlag(QStyleOptionButton::HasMenu, false);
    painter.drawControl(QStyle::CE_PushButtonLabel, option);
    if (half.hasFocus()) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.rect = half.rect().adjusted(3, 3, -3, -3);
        painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
    }
}

} // namespace

class SplitButton::Half final : public QPushButton {
public:
    using QPushButton::QPushButton;

    void setWhole(bool isWhole) { m_isWhole = isWhole; }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        if (m_isWhole)
            return QPushButton::paintEvent(event);
        QStylePainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        paintHalf(*this, painter, option, Side::Start);
    }

private:
    bool m_isWhole = true;
};

//! With the arrow that tells of a menu, and a line between the two.
class SplitButton::MenuHalf final : public MenuButton {
public:
    explicit MenuHalf(const QPushButton &other)
        : MenuButton({})
        , m_other(other)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Ignored);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {fontMetrics().height() * 3 / 2, m_other.sizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        option.features.setFlag(QStyleOptionButton::DefaultButton, m_other.isDefault());
        paintHalf(*this, painter, option, Side::End);
        const int side = fontMetrics().height() / 2;
        option.rect = QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, {side, side}, rect());
        painter.drawPrimitive(QStyle::PE_IndicatorArrowDown, option);
        QColor line = palette().color(QPalette::ButtonText);
        line.setAlphaF(0.25F);
        painter.setPen(line);
        const int x = isRightToLeft() ? width() - 1 : 0;
        painter.drawLine(x, height() / 4, x, height() - 1 - height() / 4);
    }

private:
    const QPushButton &m_other;
};

SplitButton::SplitButton(const QIcon &icon, const QString &text, const QString &menuName,
    const QString &menuHint, QWidget *parent)
    : QWidget(parent)
    , m_button(new Half(icon, text))
    , m_opener(new MenuHalf(*m_button))
{
    m_button->setAutoDefault(true);
    m_opener->setAccessibleName(menuName);
    m_opener->setToolTip(menuHint);
    m_opener->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_button);
    layout->addWidget(m_opener);
}

QPushButton *SplitButton::button() const
{
    return m_button;
}

void SplitButton::setPopup(QMenu *popup)
{
    m_opener->setPopup(popup);
    m_opener->setVisible(popup);
    static_cast<Half *>(m_button)->setWhole(!popup);
}

} // namespace latchkey::ui
