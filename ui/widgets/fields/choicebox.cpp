// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/choicebox.h"

#include <QWheelEvent>

namespace latchkey::ui {

ChoiceBox::ChoiceBox(const QString &name, const Choices &choices, QWidget *parent)
    : QComboBox(parent)
{
    setAccessibleName(name);
    for (const auto &[words, value] : choices)
        addItem(words, value);
    connect(this, &QComboBox::activated, this, [this] { Q_EMIT chosen(currentData()); });
}

//! Scrolling past it must not set anything.
void ChoiceBox::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace latchkey::ui
