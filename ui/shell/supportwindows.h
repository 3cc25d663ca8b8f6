// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "about/aboutwindow.h"
#include "about/reportwindow.h"
#include "doctor/doctorwindow.h"

#include <QPointer>

namespace latchkey::ui {

//! Owns the windows that help where something is wrong: the doctor, the report, and "About
//! Latchkey". There is one of each at most.
class SupportWindows final : public QObject {
    Q_OBJECT
public:
    struct Parts {
        SessionModel &sessions;
        Clock clock;
        QSettings &settings;
        MessageLog &log;
        DoctorFactory makeDoctor;
        ReportFactory makeReport;
    };
    explicit SupportWindows(Parts parts, QObject *parent = nullptr);
    ~SupportWindows() override;

    //! Of one session, or of all where \a session is empty.
    void openDoctor(const QString &session = {});
    void openReport();
    void openAbout();

Q_SIGNALS:
    void actionRequested(const QString &session, latchkey::ui::Action action);
    void sessionRequested(const QString &session);

private:
    Parts m_parts;
    QPointer<DoctorWindow> m_doctor;
    QPointer<ReportWindow> m_report;
    QPointer<AboutWindow> m_about;
};

} // namespace latchkey::ui
