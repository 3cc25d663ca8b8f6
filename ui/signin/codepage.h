// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace latchkey::ui {

class BusyHint;
class NoticeLabel;
class ValidatedLineEdit;
class SecretField;

//! The page of the sign-in window that asks for the second factor.
class CodePage final : public QWidget {
    Q_OBJECT
public:
    explicit CodePage(QWidget *parent = nullptr);

    void setAddress(const QString &address);
    //! What was typed. Where it is not 6 or 8 digits, nothing, and the field says so.
    [[nodiscard]] std::optional<Secret> code();
    void showRefusal(const QString &sentence);
    void setBusy(bool isBusy);
    void wipeCode();
    void focusCode();
    [[nodiscard]] QPushButton *defaultButton() const { return m_verify; }

Q_SIGNALS:
    void submitted();
    void cancelled();

private:
    QLabel *m_address;
    NoticeLabel *m_refusal;
    SecretField *m_secret;
    ValidatedLineEdit *m_code;
    BusyHint *m_busy;
    QPushButton *m_verify;
    QPushButton *m_cancel;
};

} // namespace latchkey::ui
