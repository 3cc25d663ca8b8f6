// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/validatedlineedit.h"

#include "widgets/noticelabel.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace latchkey::ui {

ValidatedLineEdit::ValidatedLineEdit(const QString &name, QLineEdit *edit, QWidget *parent)
    : QWidget(parent)
    , m_edit(edit)
    , m_problem(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    m_edit->setAccessibleName(name);
    setFocusProxy(m_edit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    connect(m_edit, &QLineEdit::textChanged, this, [this] { setProblem({}); });
}

void ValidatedLineEdit::addTo(QFormLayout *rows, const QString &label)
{
    auto *caption = new QLabel(label);
    caption->setBuddy(m_edit);
    rows->addRow(caption, this);
}

QString ValidatedLineEdit::problem() const
{
    return m_problem->text();
}

void ValidatedLineEdit::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_edit->setAccessibleDescription(problem);
}

} // namespace latchkey::ui
