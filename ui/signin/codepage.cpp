// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/codepage.h"

#include "sessions/sessionview.h"
#include "widgets/busyhint.h"
#include "widgets/fields/plainlabel.h"
#include "widgets/fields/secretfield.h"
#include "widgets/fields/validatedlineedit.h"
#include "widgets/heading.h"
#include "widgets/noticelabel.h"

#include "session/code.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr qsizetype scratchLength = 8;

} // namespace

CodePage::CodePage(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_address(new PlainLabel)
    , m_refusal(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_clocks(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_secret(new SecretField)
    , m_code(new ValidatedLineEdit(tr("Verification code"), m_secret))
    , m_next(new QLabel)
    , m_isScratch(new QCheckBox(tr("I use a &scratch code, which has 8 digits")))
    , m_busy(new BusyHint)
    , m_verify(new QPushButton(tr("Verify")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    makeField();
    auto *caption = new QLabel(tr("&Verification code"));
    caption->setBuddy(m_secret);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(new Heading(tr("Enter the code of your authenticator")));
    layout->addWidget(m_address);
    layout->addWidget(m_refusal);
    layout->addWidget(m_clocks);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(caption);
    layout->addWidget(m_code);
    layout->addWidget(m_next);
    layout->addWidget(m_isScratch);
    layout->addStretch();
    layout->addLayout(m_busy->besideButtons(m_verify, m_cancel));

    m_seconds.setInterval(1s);
    connect(&m_seconds, &QTimer::timeout, this, &CodePage::tellOfTheNext);
    connect(m_secret, &QLineEdit::textChanged, this, &CodePage::onEdited);
    connect(m_verify, &QPushButton::clicked, this, &CodePage::submitted);
    connect(m_cancel, &QPushButton::clicked, this, &CodePage::cancelled);
}

//! Large digits, with room for the longest code.
void CodePage::makeField()
{
    m_secret->setInputMethodHints(m_secret->inputMethodHints() | Qt::ImhDigitsOnly);
    m_secret->setShown(true);
    QFont large = m_secret->font();
    large.setPointSizeF(large.pointSizeF() * 2);
    m_secret->setFont(large);
    const QFontMetricsF metrics(large);
    const qreal digit = metrics.horizontalAdvance(u'0');
    m_secret->setGap(digit / 3);
    m_secret->setFixedWidth(static_cast<int>((scratchLength + 1) * digit * 4 / 3));
    m_next->setTextFormat(Qt::PlainText);
}

void CodePage::ask(const SessionSnapshot &session)
{
    const SessionView view(session);
    m_address->setPlainText(
        tr("The appliance asks for a second factor of %1.").arg(view.address()));
    m_refusal->setText(session.reason ? view.reason() : QString());
    m_clocks->setText(view.isClockOff() ? tr("The appliance's clock is out of step: %1. If it is "
                                             "the one that is wrong, no code will do until "
                                             "somebody sets it right.",
                                              "3 min ahead")
                                              .arg(view.applianceClock())
                                        : QString());
    m_wasRefused = session.reason && session.reason->type == AuthError::Type::CodeRejected;
    if (m_wasRefused || !session.reason)
        wipeCode();
    m_seconds.stop();
    m_next->clear();
    if (m_wasRefused)
        waitForTheNext();
}

std::optional<Secret> CodePage::typed() const
{
    QString text = m_secret->secret().toString();
    auto code = codeFrom(text);
    wipe(text);
    return code;
}

std::optional<Secret> CodePage::code()
{
    const auto code = typed();
    if (!code)
        m_code->setProblem(tr("Enter 6 digits from your authenticator, or 8 of a scratch code."));
    else if (m_wasRefused && *code == m_sent)
        m_code->setProblem(tr("The appliance has refused this code already."));
    else
        return m_sent = *code;
    focusCode();
    return {};
}

//! The first 6 digits of a scratch code look like a code.
void CodePage::onEdited()
{
    const auto code = typed();
    if (code && (!m_isScratch->isChecked() || code->size() == scratchLength))
        Q_EMIT submitted();
}

void CodePage::waitForTheNext()
{
    const auto now = m_clock().wall.time_since_epoch();
    m_nextAt = WallTime(now - now % Milliseconds(codeLife) + codeLife);
    m_seconds.start();
    tellOfTheNext();
}

void CodePage::tellOfTheNext()
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_nextAt - m_clock().wall);
    if (left <= 0s)
        m_seconds.stop();
    m_next->setText(left > 0s ? tr("A new code is due in %1 s.").arg(left.count())
                              : tr("Your authenticator shows a new code now."));
}

void CodePage::setBusy(bool isBusy)
{
    m_code->setDisabled(isBusy);
    m_isScratch->setDisabled(isBusy);
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
