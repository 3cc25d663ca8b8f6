// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/supportwindows.h"

#include "widgets/bringtofront.h"

namespace latchkey::ui {

SupportWindows::SupportWindows(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
}

SupportWindows::~SupportWindows()
{
    delete m_doctor;
    delete m_report;
    delete m_about;
}

void SupportWindows::openDoctor(const QString &session)
{
    if (!m_doctor) {
        m_doctor =
            new DoctorWindow(m_parts.sessions, m_parts.makeDoctor, m_parts.clock, m_parts.settings);
        m_doctor->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_doctor, &DoctorWindow::actionRequested, this, &SupportWindows::actionRequested);
        connect(m_doctor, &DoctorWindow::sessionRequested, this, &SupportWindows::sessionRequested);
    }
    bringToFront(m_doctor);
    m_doctor->examine(session);
}

void SupportWindows::openReport()
{
    if (!m_report) {
        m_report =
            new ReportWindow(m_parts.log, m_parts.makeDoctor, m_parts.makeReport, m_parts.clock);
        m_report->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(m_report);
}

void SupportWindows::openAbout()
{
    if (!m_about) {
        m_about = new AboutWindow;
        m_about->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_about, &AboutWindow::reportRequested, this, &SupportWindows::openReport);
    }
    bringToFront(m_about);
}

} // namespace latchkey::ui
