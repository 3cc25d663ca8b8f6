// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/windowedconsent.h"

#include "access/consentwindow.h"

namespace latchkey::ui {

WindowedConsent::WindowedConsent(NameAccount nameAccount, QObject *parent)
    : ConsentPrompt(parent)
    , m_nameAccount(std::move(nameAccount))
{
}

WindowedConsent::~WindowedConsent() = default;

void WindowedConsent::show(const Question &question)
{
    if (!m_window)
        makeWindow();
    Question whole = question;
    if (m_nameAccount)
        whole.account = m_nameAccount(question.session);
    if (m_window->ask(whole) && !m_window->isActiveWindow())
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
