// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/placenote.h"

#include "widgets/noticelabel.h"

#include <QLabel>
#include <QVBoxLayout>

namespace latchkey::ui {

PlaceNote::PlaceNote(QWidget *parent)
    : QWidget(parent)
    , m_kind(new QLabel)
    , m_hint(new NoticeLabel(NoticeLabel::Sign::Information))
{
    m_kind->setTextFormat(Qt::PlainText);
    m_kind->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_kind);
    layout->addWidget(m_hint);
}

void PlaceNote::tell(const QString &kind, const QString &hint)
{
    m_kind->setText(kind);
    m_hint->setText(hint);
}

} // namespace latchkey::ui
