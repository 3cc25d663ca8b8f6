// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include "wire/http/applianceprobe.h"

#include <QWidget>

class QPushButton;

namespace latchkey::ui {

class NoticeLabel;
class WrappedField;

//! How the appliance is reached and why it is trusted. What the session does not know is told once
//! somebody has looked.
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

    WrappedField *m_tls;
    WrappedField *m_certificate;
    WrappedField *m_pin;
    WrappedField *m_clock;
    QPushButton *m_check;
    NoticeLabel *m_success;
    NoticeLabel *m_trouble;
    SessionSnapshot m_snapshot;
    std::optional<ApplianceReport> m_report;
};

} // namespace latchkey::ui
