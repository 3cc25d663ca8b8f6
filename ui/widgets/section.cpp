// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/section.h"

#include "widgets/icons.h"

#include <QEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace latchkey::ui {

Section::Section(const QString &title, QWidget *content, QWidget *parent)
    : QWidget(parent)
    , m_title(new QToolButton)
    , m_content(content)
{
    m_title->setText(title);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setAutoRaise(true);
    m_title->setFocusPolicy(Qt::StrongFocus);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() / 4);
    layout->addWidget(m_title, 0, Qt::AlignLeading);
    auto *below = new QHBoxLayout;
    below->addSpacing(m_title->iconSize().width() * 5 / 4); // to where the title's text begins
    below->addWidget(m_content, 1);
    layout->addLayout(below);
    connect(m_title, &QToolButton::clicked, this, [this] {
        setOpen(!m_isOpen);
        Q_EMIT toggled(m_isOpen);
    });
    showState();
}

void Section::setOpen(bool isOpen)
{
    m_isOpen = isOpen;
    showState();
}

void Section::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        showState();
}

void Section::showState()
{
    m_title->setIcon(foldIcon(m_isOpen, layoutDirection()));
    m_title->setAccessibleDescription(m_isOpen ? tr("Unfolded") : tr("Folded"));
    m_content->setVisible(m_isOpen);
}

} // namespace latchkey::ui
