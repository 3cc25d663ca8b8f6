// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/formhead.h"

#include "sessions/sessionview.h"
#include "widgets/fields/plainlabel.h"
#include "widgets/heading.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"

#include <QVBoxLayout>

namespace latchkey::ui {

FormHead::FormHead(QWidget *parent)
    : QWidget(parent)
    , m_heading(new Heading(tr("Sign in to an appliance")))
    , m_who(new PlainLabel)
    , m_filledIn(new NoticeLabel(NoticeLabel::Sign::Caution))
    , m_refusal(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    m_who->setAlignment(readingSide());
    m_who->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_heading);
    layout->addWidget(m_who);
    layout->addWidget(m_filledIn);
    layout->addWidget(m_refusal);
}

void FormHead::setAccount(const Account &account, const QString &kind)
{
    SessionSnapshot session;
    session.account = account;
    m_heading->setText(withWholeNames(account.name));
    m_who->setPlainText(fromReadingSide(SessionView(session).address()) + u'\n' + kind);
    m_who->show();
}

void FormHead::sayItWasFilledIn(const QString &place)
{
    m_filledIn->setText(place.isEmpty()
            ? tr("A link or another program filled in what is no address. Type that of your "
                 "appliance.")
            : tr("A link or another program filled in %1. Check that it is your appliance before "
                 "you type a password.")
                  .arg(wrappable(place)));
}

void FormHead::showRefusal(const QString &sentence)
{
    m_refusal->setText(sentence);
}

} // namespace latchkey::ui
