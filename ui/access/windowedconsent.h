// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/consent.h"

#include <memory>

namespace latchkey {
class SessionModel;
}

namespace latchkey::ui {

class ConsentWindow;

//! Asks in a window, which is made when it is first wanted. The window also tells what is known of
//! the session: who is signed in, and the certificate in question.
class WindowedConsent final : public ConsentPrompt {
    Q_OBJECT
public:
    explicit WindowedConsent(const SessionModel &sessions, QObject *parent = nullptr);
    ~WindowedConsent() override;

    void show(const Question &question) override;
    void hide() override;

    //! Null while nothing is asked.
    [[nodiscard]] ConsentWindow *window() const;

Q_SIGNALS:
    //! Something new is asked, and its window is not the active one.
    void asked(const QString &session, const QString &sentence);
    //! Nothing is asked any more.
    void over();

private:
    void makeWindow();

    const SessionModel &m_sessions;
    std::unique_ptr<ConsentWindow> m_window;
};

} // namespace latchkey::ui
