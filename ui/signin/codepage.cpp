// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/codepage.h"

#include "widgets/busyhint.h"
#include "widgets/noticelabel.h"
#include "widgets/secretfield.h"
#include "widgets/validatedlineedit.h"

#include "session/code.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace latchkey::ui {

CodePage::CodePage(QWidget *parent)
    : QWidget(parent)
    , m_address(new QLabel)
    , m_refusal(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_secret(new SecretField)
    , m_code(new ValidatedLineEdit(tr("Verification code"), m_secret))
    , m_busy(new BusyHint)
    , m_verify(new QPushButton(tr("Verify")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    m_address->setWordWrap(true);
    m_address->setTextFormat(Qt::PlainText);
    m_secret->setInputMethodHints(m_secret->inputMethodHints() | Qt::ImhDigitsOnly);
    m_secret->setShown(true);

    auto *caption = new QLabel(tr("&Verification code"));
    caption->setBuddy(m_code->edit());
    auto *rows = new QFormLayout;
    rows->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    rows->addRow(caption, m_code);

    auto *hint = new QLabel(tr("Your authenticator shows 6 digits. If you do not have it at hand, "
                               "one of your 8-digit scratch codes does as well."));
    hint->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_address);
    layout->addWidget(m_refusal);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(rows);
    layout->addWidget(hint);
    layout->addStretch();
    layout->addLayout(m_busy->besideButtons(m_verify, m_cancel));

    connect(m_verify, &QPushButton::clicked, this, &CodePage::submitted);
    connect(m_cancel, &QPushButton::clicked, this, &CodePage::cancelled);
}

void CodePage::setAddress(const QString &address)
{
    m_address->setText(tr("The appliance asks for a second factor of %1.").arg(address));
}

std::optional<Secret> CodePage::code()
{
    QString typed = m_secret->secret().toString();
    auto code = codeFrom(typed);
    wipe(typed);
    if (code)
        return code;
    m_code->setProblem(tr("Enter 6 digits from your authenticator, or 8 of a scratch code."));
    focusCode();
    return {};
}

void CodePage::showRefusal(const QString &sentence)
{
    m_refusal->setText(sentence);
}

void CodePage::setBusy(bool isBusy)
{
    m_code->setDisabled(isBusy);
    m_verify->setDisabled(isBusy);
    m_busy->setText(isBusy ? tr("Verifying…") : QString());
    m_cancel->setAutoDefault(!isBusy);
    if (isBusy)
        m_cancel->setFocus(Qt::OtherFocusReason);
}

void CodePage::wipeCode()
{
    m_secret->clear();
    m_code->setProblem({});
}

void CodePage::focusCode()
{
    m_code->setFocus(Qt::OtherFocusReason);
    m_code->edit()->selectAll();
}

} // namespace latchkey::ui
