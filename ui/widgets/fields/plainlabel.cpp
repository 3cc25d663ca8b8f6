// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/plainlabel.h"

#include "widgets/plaintext.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>

namespace latchkey::ui {

PlainLabel::PlainLabel(Use use, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    if (use == Use::Copied)
        setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void PlainLabel::setPlainText(const QString &text)
{
    if (withoutBreaks(text) == plainText()) // where a selection stays
        return;
    setText(withWholeNames(text));
    setAccessibleName(withoutBreaks(text));
}

QString PlainLabel::plainText() const
{
    return withoutBreaks(text());
}

//! QLabel's own menu would copy the text as it is drawn.
void PlainLabel::contextMenuEvent(QContextMenuEvent *event)
{
    if (textInteractionFlags() == Qt::NoTextInteraction)
        return QLabel::contextMenuEvent(event);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(tr("&Copy"), this, [this] { copyTo(QClipboard::Clipboard); });
    copy->setEnabled(hasSelectedText());
    menu->popup(event->globalPos());
}

void PlainLabel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && hasSelectedText())
        copyTo(QClipboard::Clipboard);
    else
        QLabel::keyPressEvent(event);
}

void PlainLabel::mouseReleaseEvent(QMouseEvent *event)
{
    QLabel::mouseReleaseEvent(event);
    if (hasSelectedText() && QGuiApplication::clipboard()->supportsSelection())
        copyTo(QClipboard::Selection);
}

void PlainLabel::copyTo(QClipboard::Mode mode) const
{
    QGuiApplication::clipboard()->setText(withoutBreaks(selectedText()), mode);
}

} // namespace latchkey::ui
