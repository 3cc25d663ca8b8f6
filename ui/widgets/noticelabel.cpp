// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/noticelabel.h"

#include "widgets/fields/plainlabel.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"
#include "widgets/tones.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

Tone toneOf(NoticeLabel::Sign sign)
{
    switch (sign) {
    case NoticeLabel::Sign::Information:
        return Tone::Hint;
    case NoticeLabel::Sign::Warning:
    case NoticeLabel::Sign::Caution:
        return Tone::Warning;
    case NoticeLabel::Sign::Alarm:
        return Tone::Danger;
    }
    Q_UNREACHABLE();
}

} // namespace

NoticeLabel::NoticeLabel(Sign sign, QWidget *parent)
    : QWidget(parent)
    , m_sign(sign)
    , m_icon(new QLabel)
    , m_text(new PlainLabel(PlainLabel::Use::Copied))
{

    auto *layout = new QHBoxLayout(this);
    const int space = isBanner() ? fontMetrics().height() / 2 : 0;
    layout->setContentsMargins(readingMargins(space * 3 / 2, space, space, space));
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    hide();
}

void NoticeLabel::setText(const QString &text)
{
    if (withoutBreaks(text) == this->text())
        return;
    m_text->setPlainText(text);
    setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    if (m_icon->pixmap().isNull())
        drawSign();
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool NoticeLabel::isBanner() const
{
    return m_sign == Sign::Caution || m_sign == Sign::Alarm;
}

//! Put off until there is a text, as drawing it would hold up the first window.
void NoticeLabel::drawSign()
{
    const QSize size = QSize(1, 1) * (fontMetrics().height() * (isBanner() ? 6 : 5) / 4);
    const QString name = m_sign == Sign::Information ? u"information"_s : u"warning"_s;
    const QIcon icon = signIcon(name, toneColor(toneOf(m_sign), palette()));
    m_icon->setPixmap(icon.pixmap(size, devicePixelRatio()));
}

void NoticeLabel::paintEvent(QPaintEvent *event)
{
    if (isBanner())
        paintBanner(*this, toneOf(m_sign));
    QWidget::paintEvent(event);
}

void NoticeLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_icon->pixmap().isNull())
        drawSign();
}

QString NoticeLabel::text() const
{
    return m_text->plainText();
}

} // namespace latchkey::ui
