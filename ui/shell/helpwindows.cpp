// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/helpwindows.h"

#include "widgets/bringtofront.h"

namespace latchkey::ui {

HelpWindows::HelpWindows(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
}

HelpWindows::~HelpWindows()
{
    delete m_doctor;
    delete m_report;
    delete m_about;
}

void HelpWindows::openDoctor(const QString &session)
{
    if (!m_doctor) {
        m_doctor =
            new DoctorWindow(m_parts.sessions, m_parts.makeDoctor, m_parts.clock, m_parts.settings);
        m_doctor->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_doctor, &DoctorWindow::actionRequested, this, &HelpWindows::actionRequested);
    }
    bringToFront(m_doctor);
    m_doctor->examine(session);
}

void HelpWindows::openReport()
{
    if (!m_report) {
        m_report =
            new ReportWindow(m_parts.log, m_parts.makeDoctor, m_parts.makeReport, m_parts.clock);
        m_report->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(m_report);
}

void HelpWindows::openAbout()
{
    if (!m_about) {
        m_about = new AboutWindow;
        m_about->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_about, &AboutWindow::reportRequested, this, &HelpWindows::openReport);
    }
    bringToFront(m_about);
}

} // namespace latchkey::ui
