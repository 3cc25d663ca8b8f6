// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/busyhint.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace latchkey::ui {

BusyHint::BusyHint(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel)
    , m_bar(new QProgressBar)
{
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(fontMetrics().averageCharWidth() * 8, fontMetrics().height() / 2);
    m_bar->setAccessibleName(tr("Working"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_bar);
    layout->addWidget(m_text, 1);
    m_bar->hide();
}

void BusyHint::setText(const QString &text)
{
    m_text->setText(text);
    m_bar->setVisible(!text.isEmpty());
}

QLayout *BusyHint::besideButtons(QPushButton *accept, QPushButton *reject)
{
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(accept, QDialogButtonBox::AcceptRole);
    buttons->addButton(reject, QDialogButtonBox::RejectRole);
    auto *row = new QHBoxLayout;
    row->addWidget(this, 1);
    row->addWidget(buttons);
    return row;
}

} // namespace latchkey::ui
