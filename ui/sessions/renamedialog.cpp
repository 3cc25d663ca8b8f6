// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/renamedialog.h"

#include "sessions/actiontext.h"
#include "widgets/fields/validatedlineedit.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"
#include "widgets/wholewindow.h"

#include "session/sessionmodel.h"
#include "session/words/sentences.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey::ui {

RenameDialog::RenameDialog(SessionModel &sessions, QString name, QWidget *parent)
    : QDialog(parent)
    , m_sessions(sessions)
    , m_name(std::move(name))
    , m_newName(new ValidatedLineEdit(tr("Name"), new QLineEdit(m_name)))
{
    setWindowTitle(tr("Rename session"));
    setWindowModality(Qt::WindowModal);
    auto *caption = new QLabel(tr("&Name"));
    caption->setBuddy(m_newName->edit());
    auto *caution = new NoticeLabel(NoticeLabel::Sign::Warning, this);
    caution->setText(
        tr("Scripts that use the name %1 no longer get a token.").arg(escaped(m_name)));
    auto *hint = new QLabel(tr("Tokens and history stay."));
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    // In this order, or the Tab key would leave one of them out.
    auto *buttons = new QDialogButtonBox;
    QPushButton *rename = buttons->addButton(
        withoutMnemonic(buttonText(Action::Rename)), QDialogButtonBox::AcceptRole);
    buttons->addButton(QDialogButtonBox::Cancel);

    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addWidget(caption);
    layout->addWidget(m_newName);
    layout->addSpacing(margin / 2);
    layout->addWidget(caution);
    layout->addWidget(hint);
    layout->addStretch();
    layout->addSpacing(margin / 2);
    layout->addWidget(buttons);
    rename->setDefault(true); // of this dialog, which the button is in now
    new WholeWindow(this, {fontMetrics().averageCharWidth() * 56, 0});
    m_newName->edit()->selectAll();
    m_newName->edit()->setFocus();

    connect(buttons, &QDialogButtonBox::accepted, this, &RenameDialog::rename);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_sessions, &SessionModel::sessionForgotten, this, &RenameDialog::closeIfOurs);
    connect(&m_sessions, &SessionModel::sessionRenamed, this, &RenameDialog::closeIfOurs);
}

//! On success the dialog closes as it does wherever the new name came from.
void RenameDialog::rename()
{
    Session *session = m_sessions.find(m_name);
    const auto problem = session ? m_sessions.rename(*session, m_newName->text()) : std::nullopt;
    if (!problem)
        return accept();
    m_newName->setProblem(sentenceFor(*problem).translated);
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

void RenameDialog::closeIfOurs(const QString &name)
{
    if (name == m_name)
        accept();
}

} // namespace latchkey::ui
