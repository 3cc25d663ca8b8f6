// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/consent.h"

#include <functional>
#include <memory>

namespace latchkey::ui {

class ConsentWindow;

//! Asks in a window, which is made when it is first wanted.
class WindowedConsent final : public ConsentPrompt {
    Q_OBJECT
public:
    //! Who is signed in to a session, in words; empty where that is not known.
    using NameAccount = std::function<QString(const QString &session)>;

    explicit WindowedConsent(NameAccount nameAccount = {}, QObject *parent = nullptr);
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

    NameAccount m_nameAccount;
    std::unique_ptr<ConsentWindow> m_window;
};

} // namespace latchkey::ui
