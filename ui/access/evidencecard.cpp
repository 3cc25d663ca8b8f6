// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/evidencecard.h"

#include "widgets/fields/wrappedfield.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"
#include "widgets/tones.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

void EvidenceCard::Row::set(const QString &value) const
{
    field->setValue(value);
    field->setVisible(!value.isEmpty());
    caption->setVisible(!value.isEmpty());
}

EvidenceCard::EvidenceCard(Kind kind, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_sign(new QLabel)
    , m_rows(new QGridLayout(this))
{
    const int line = fontMetrics().height();
    auto *heading = new QLabel(title);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    heading->setWordWrap(true);
    m_rows->setContentsMargins(readingMargins(line * 3 / 4, line / 2, line / 2, line / 2));
    m_rows->setHorizontalSpacing(line / 2);
    m_rows->setVerticalSpacing(line / 3);
    m_rows->addWidget(m_sign, 0, 0);
    m_rows->addWidget(heading, 0, 1, 1, 2);
    m_rows->setColumnStretch(2, 1);
    drawSign();
}

EvidenceCard::Row EvidenceCard::addRow(const QString &caption, const QString &name)
{
    const int row = m_rows->rowCount();
    const Row made{new QLabel(caption), new WrappedField(name.isEmpty() ? caption : name)};
    m_rows->addWidget(made.caption, row, 1, Qt::AlignTop);
    m_rows->addWidget(made.field, row, 2, Qt::AlignTop);
    return made;
}

void EvidenceCard::drawSign()
{
    const bool isProven = m_kind == Kind::Proven;
    const QColor color = toneColor(isProven ? Tone::Hint : Tone::Warning, palette());
    const QSize size = QSize(1, 1) * (fontMetrics().height() * 5 / 4);
    m_sign->setPixmap(
        signIcon(isProven ? u"proven"_s : u"warning"_s, color).pixmap(size, devicePixelRatio()));
}

void EvidenceCard::paintEvent(QPaintEvent *event)
{
    paintBanner(*this, m_kind == Kind::Proven ? Tone::Hint : Tone::Warning);
    QWidget::paintEvent(event);
}

void EvidenceCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawSign();
}

} // namespace latchkey::ui
