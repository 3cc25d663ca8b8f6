// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/policycombobox.h"

#include <QWheelEvent>

namespace latchkey::ui {

PolicyComboBox::PolicyComboBox(QWidget *parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Programs"));
    addItem(tr("May have tokens"), HandOutPolicy::Allow);
    addItem(tr("Ask me"), HandOutPolicy::Ask);
    addItem(tr("Never"), HandOutPolicy::Never);
    connect(this, &QComboBox::activated, this,
        [this] { Q_EMIT policyChosen(currentData().value<HandOutPolicy::Value>()); });
}

void PolicyComboBox::setPolicy(HandOutPolicy::Value policy)
{
    if (const int index = findData(policy); index != currentIndex())
        setCurrentIndex(index);
}

//! Scrolling past it with the wheel must not change who gets tokens.
void PolicyComboBox::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace latchkey::ui
