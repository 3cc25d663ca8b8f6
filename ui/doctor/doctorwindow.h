// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include "agent/doctor.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSettings;

namespace latchkey {
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

class Heading;

//! The window "Doctor": what is wrong with one session or with all, what to do about it, and a
//! button where Latchkey can do it; another one shows the session. What it finds comes in while it
//! looks, what is wrong first. Escape stops it, and once more closes the window. Remembers its
//! size.
class DoctorWindow final : public QDialog {
    Q_OBJECT
public:
    DoctorWindow(SessionModel &sessions, DoctorFactory makeDoctor, Clock clock, QSettings &settings,
        QWidget *parent = nullptr);

    //! Looks anew, at that session alone where \a session is not empty.
    void examine(const QString &session = {});

Q_SIGNALS:
    void actionRequested(const QString &session, latchkey::ui::Action action);
    //! It is to be shown in the main window, with its address and what happened to it.
    void sessionRequested(const QString &session);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeButtons();
    void makeList();
    void stop();
    void onProgressed();
    void onExamined();
    void chooseTheWorst();
    void showFindings();
    void showState();
    void showRemedy();
    void act();
    void copy() const;
    //! The session that the chosen finding is about; null where it is about none.
    [[nodiscard]] const Session *chosenSession() const;
    //! Of the chosen finding; nothing where Latchkey can do nothing about it.
    [[nodiscard]] std::optional<Action> remedy() const;

    SessionModel &m_sessions;
    DoctorFactory m_makeDoctor;
    Clock m_clock;
    QString m_session;
    //! Null while it does not look.
    std::unique_ptr<Doctor> m_doctor;
    //! It was stopped before it had looked at everything.
    bool m_isStopped = false;
    QList<Finding> m_findings;
    Heading *m_heading;
    QProgressBar *m_progress;
    QListWidget *m_list;
    QPushButton *m_act;
    QPushButton *m_show;
    QPushButton *m_again;
};

} // namespace latchkey::ui
