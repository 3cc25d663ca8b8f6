// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/wrappedfield.h"

#include "widgets/plaintext.h"

#include <QTextBlock>
#include <QTextLayout>

namespace latchkey::ui {

WrappedField::WrappedField(const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    QTextOption option = document()->defaultTextOption();
    option.setAlignment(readingSide());
    document()->setDefaultTextOption(option);
    // As in a QLineEdit, with which it may share a column, and which has room for the cursor.
    const int cursor = isRightToLeft() ? 2 : 0;
    setViewportMargins(2, 0, 2 + cursor, 0);
    QPalette flat; // so that all other colours go with those of the desktop
    flat.setColor(QPalette::Base, Qt::transparent);
    setPalette(flat);
    fitHeight();
}

void WrappedField::setValue(const QString &value)
{
    if (value == toPlainText())
        return;
    setPlainText(value);
    fitHeight();
}

void WrappedField::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

//! A QPlainTextEdit's document gives its height in lines.
void WrappedField::fitHeight()
{
    constexpr int most = 6;
    const int lines = std::clamp(static_cast<int>(document()->size().height()), 1, most);
    setVerticalScrollBarPolicy(
        document()->size().height() > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int height = lines * fontMetrics().lineSpacing();
    if (height != minimumHeight())
        setFixedHeight(height);
}

} // namespace latchkey::ui
