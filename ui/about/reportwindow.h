// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"
#include "agent/report.h"

#include <QDialog>

class QPushButton;

namespace latchkey {
class MessageLog;
}

namespace latchkey::ui {

class BusyHint;
class NoticeLabel;

//! The window "Report a problem": writes a file with what whoever can help wants to know to where
//! the person chooses. Writes nothing if there would be a secret in it, and says so.
class ReportWindow final : public QDialog {
    Q_OBJECT
public:
    ReportWindow(MessageLog &log, DoctorFactory makeDoctor, ReportFactory makeReport, Clock clock,
        QWidget *parent = nullptr);
    ~ReportWindow() override;

    //! As a person does who has chosen \a path.
    void saveTo(const QString &path);

private:
    [[nodiscard]] QLayout *makeLog(MessageLog &log);
    void choosePath();
    void onExamined(const QString &path, const QJsonObject &examination);
    void write(const QString &path, const Report &report);
    [[nodiscard]] static QString sentenceFor(const Leak &leak);

    DoctorFactory m_makeDoctor;
    ReportFactory m_makeReport;
    Clock m_clock;
    //! Null while nothing is written.
    std::unique_ptr<Doctor> m_doctor;
    QPushButton *m_save;
    BusyHint *m_busy;
    NoticeLabel *m_success;
    NoticeLabel *m_problem;
};

} // namespace latchkey::ui
