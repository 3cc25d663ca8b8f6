// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include "wire/http/applianceprobe.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPushButton;

namespace latchkey::ui {

class CertificateBlock;
class NoticeLabel;
class WrappedField;

//! How the appliance is reached and why it is trusted. What the session does not know is not there
//! until somebody has looked; a sentence says what "Check now" would tell.
class ConnectionSection final : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionSection(QWidget *parent = nullptr);

    void setView(const SessionView &view);
    //! What the check that was asked for has found.
    void setReport(const ApplianceReport &report);

Q_SIGNALS:
    //! setReport() is to follow, unless another session is shown first.
    void checkRequested();

private:
    void forgetReport();
    void check();
    void showValues();
    void showRow(WrappedField *field, const QString &value);
    [[nodiscard]] QString trust() const;

    QFormLayout *m_form;
    WrappedField *m_tls;
    WrappedField *m_clock;
    WrappedField *m_pin;
    CertificateBlock *m_certificate;
    QLabel *m_hint;
    QPushButton *m_check;
    NoticeLabel *m_success;
    NoticeLabel *m_trouble;
    SessionSnapshot m_snapshot;
    std::optional<ApplianceReport> m_report;
};

} // namespace latchkey::ui
