// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/windowedconsent.h"

#include "access/consentwindow.h"
#include "access/questionwords.h"

#include "session/sessionmodel.h"

namespace latchkey::ui {

namespace {

//! In words.
QString accountOf(const Session &session)
{
    const TokenSet *tokens = session.tokens();
    return QuestionWords::account(
        session.account().user, tokens ? tokens->identity.role : QString());
}

} // namespace

WindowedConsent::WindowedConsent(const SessionModel &sessions, QObject *parent)
    : ConsentPrompt(parent)
    , m_sessions(sessions)
{
}

WindowedConsent::~WindowedConsent() = default;

void WindowedConsent::show(const Question &question)
{
    if (!m_window)
        makeWindow();
    Question whole = question;
    std::optional<Certificate> seen;
    if (const Session *session = m_sessions.find(question.session)) {
        whole.account = accountOf(*session);
        seen = session->snapshot().certificate;
    }
    if (m_window->ask(whole, seen) && !m_window->isActiveWindow())
        Q_EMIT asked(question.session, m_window->sentence());
}

void WindowedConsent::makeWindow()
{
    m_window = std::make_unique<ConsentWindow>();
    connect(m_window.get(), &ConsentWindow::decided, this, &ConsentPrompt::decided);
}

void WindowedConsent::hide()
{
    if (m_window)
        m_window->takeBack();
    Q_EMIT over();
}

ConsentWindow *WindowedConsent::window() const
{
    return m_window && m_window->isVisible() ? m_window.get() : nullptr;
}

} // namespace latchkey::ui
