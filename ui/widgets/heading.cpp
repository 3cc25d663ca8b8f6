// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/heading.h"

#include "widgets/plaintext.h"

namespace latchkey::ui {

Heading::Heading(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    setFont(large);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAlignment(readingSide());
}

} // namespace latchkey::ui
