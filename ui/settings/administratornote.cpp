// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/administratornote.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

AdministratorNote::AdministratorNote(const QList<QWidget *> &controls, QWidget *parent)
    : QLabel(tr("Set by your administrator"), parent)
{
    setWordWrap(true);
    QFont small = font();
    small.setItalic(true);
    setFont(small);
    for (QWidget *control : controls)
        m_controls.append({control, control->accessibleDescription()});
    setFixed(false);
}

QLayout *AdministratorNote::below(QWidget *control)
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(fontMetrics().height() / 6);
    layout->addWidget(control);
    layout->addWidget(this);
    return layout;
}

void AdministratorNote::setFixed(bool isFixed)
{
    setVisible(isFixed);
    for (const auto &[control, description] : std::as_const(m_controls)) {
        control->setDisabled(isFixed);
        const QString both = description.isEmpty() ? text() : text() + u". "_s + description;
        control->setAccessibleDescription(isFixed ? both : description);
    }
}

} // namespace latchkey::ui
