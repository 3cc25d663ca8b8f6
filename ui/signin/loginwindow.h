// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionstate.h"
#include "signin/donepage.h"
#include "signin/kindfield.h"

#include <QDialog>

class QStackedWidget;

namespace latchkey {
class Session;
class SessionModel;
struct Account;
} // namespace latchkey

namespace latchkey::ui {

class CodePage;
class LoginForm;
class TrustPage;

//! The sign-in window: first the form, then what the appliance asks for. A certificate that nobody
//! vouches for is asked about as soon as it is seen, which is before a password is typed. Follows
//! its session by name through the model, and closes by itself on success. Cancel and Esc take back
//! the sign-in and, where an account was made for it, that account. Closing the window while a code
//! or a decision on a certificate is wanted leaves that question open in the main window.
class LoginWindow final : public QDialog {
    Q_OBJECT
public:
    LoginWindow(SessionModel &sessions, KindSource kinds, QWidget *parent = nullptr);

    //! For an account that does not exist yet; a field whose text is empty is left to the person.
    //! An address is shown as it is sent, so that letters that look alike differ.
    void prefill(const QString &server, const QString &user);
    //! For an account that exists. Shows the page that its state asks for.
    void openSession(const QString &name);
    //! As LoginForm does.
    void setKeychain(const QString &name);
    //! Nobody was ever signed in: after the first success, tells how to go on.
    void setFirstSteps(const FirstSteps &steps);

    //! Empty until the form has been submitted.
    [[nodiscard]] const QString &sessionName() const { return m_name; }

    void reject() override;

Q_SIGNALS:
    //! The person wants to sign in with what the form holds.
    void submitted();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void onSubmitted();
    void onCertificateSeen(const latchkey::Certificate &certificate);
    [[nodiscard]] std::optional<Fingerprint> trustedElsewhere(
        const QUrl &server, const Certificate &seen) const;
    void onTrusted(const latchkey::Fingerprint &fingerprint);
    void onCodeSubmitted();
    void onSessionChanged(latchkey::Session *session);
    void follow(Session *session);
    void onFailed(Session *session);
    void showForm();
    void showCode(Session *session);
    void showTrustOf(const SessionSnapshot &session);
    //! As TrustPage::ask().
    void showTrust(const QString &host, const Certificate &certificate,
        const std::optional<Fingerprint> &before, bool isFixed);
    void showDone();
    void showPage(QWidget *page);
    void setBusy(bool isBusy);
    //! What has to change of a session before the window shows something else.
    struct News {
        Phase::Value phase;
        std::optional<WallTime> reasonAt;
        bool isBeingKept = false;
        Fingerprint pin;
        bool isPinFixed = false; // the policy may do that while a person is asked

        friend bool operator==(const News &, const News &) = default;
    };
    [[nodiscard]] static News newsOf(const Session &session);
    void finish();
    void leave();
    void dropProvisional();
    [[nodiscard]] bool isTaken(const QString &name) const;
    [[nodiscard]] bool isStillMeant(const Account &account) const;
    [[nodiscard]] Session *session() const;
    [[nodiscard]] bool hasOpenQuestion() const;

    SessionModel &m_sessions;
    QStackedWidget *m_pages;
    LoginForm *m_form;
    CodePage *m_code = nullptr;
    TrustPage *m_trust = nullptr;
    QString m_name;
    //! The account was made by this window and has never been signed in.
    bool m_isProvisional = false;
    //! The session's changes come of what this window has asked for.
    bool m_isFollowing = false;
    std::optional<News> m_shown;
    std::optional<FirstSteps> m_firstSteps;
};

} // namespace latchkey::ui
