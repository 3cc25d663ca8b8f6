// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "session/sessionsnapshot.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;

namespace latchkey::ui {

class BusyHint;
class NoticeLabel;
class PlainLabel;
class ValidatedLineEdit;
class SecretField;

//! The page of the sign-in window that asks for the second factor. A code is submitted with its
//! last digit, whether typed or pasted. One that was refused is not sent a second time, as each
//! refusal costs one of a few tries; the page tells when the authenticator shows another.
class CodePage final : public QWidget {
    Q_OBJECT
public:
    //! For how long an authenticator shows a code (RFC 6238 §4.1); a new one is due at each
    //! multiple of that.
    static constexpr std::chrono::seconds codeLife{30};

    explicit CodePage(Clock clock, QWidget *parent = nullptr);

    //! \a session is in CodeNeeded.
    void ask(const SessionSnapshot &session);
    //! What was typed. Where it cannot be sent, nothing, and the field says why.
    [[nodiscard]] std::optional<Secret> code();
    void setBusy(bool isBusy);
    void wipeCode();
    void focusCode();
    [[nodiscard]] QPushButton *defaultButton() const { return m_verify; }

Q_SIGNALS:
    void submitted();
    void cancelled();

private:
    void makeField();
    [[nodiscard]] std::optional<Secret> typed() const;
    void onEdited();
    void waitForTheNext();
    void tellOfTheNext();

    Clock m_clock;
    PlainLabel *m_address;
    NoticeLabel *m_refusal;
    NoticeLabel *m_clocks;
    SecretField *m_secret;
    ValidatedLineEdit *m_code;
    QLabel *m_next;
    QCheckBox *m_isScratch;
    BusyHint *m_busy;
    QPushButton *m_verify;
    QPushButton *m_cancel;
    Secret m_sent;
    bool m_wasRefused = false;
    WallTime m_nextAt;
    QTimer m_seconds;
};

} // namespace latchkey::ui
