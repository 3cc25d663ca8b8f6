// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/noticelabel.h"

#include "widgets/icons.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

NoticeLabel::NoticeLabel(Sign sign, QWidget *parent)
    : QWidget(parent)
    , m_sign(sign)
    , m_icon(new QLabel)
    , m_text(new QLabel)
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    hide();
}

void NoticeLabel::setText(const QString &text)
{
    if (text == m_text->text())
        return;
    m_text->setText(text);
    setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    if (m_icon->pixmap().isNull())
        drawSign();
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

//! Put off until there is a text, as it would hold up the first window.
void NoticeLabel::drawSign()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    const QIcon icon = m_sign == Sign::Warning ? moodIcon(Mood::CannotRenew)
                                               : svgIcon(u":/icons/information.svg"_s);
    m_icon->setPixmap(icon.pixmap(QSize(size, size), devicePixelRatio()));
}

QString NoticeLabel::text() const
{
    return m_text->text();
}

} // namespace latchkey::ui
