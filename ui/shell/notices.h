// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"
#include "shell/attention.h"

#include "platform/notifications.h"

#include <QHash>
#include <QStringList>

namespace latchkey::ui {

//! Tells a person, through the desktop's notices, what should be known of the sessions and was not
//! asked for. A session has one notice, which closes when the session is well again. Several that
//! come at the same time, as when an appliance goes down, are one notice that counts.
class Notices final : public QObject {
    Q_OBJECT
public:
    Notices(SessionModel &sessions, const Clock &clock, QSettings &settings,
        std::unique_ptr<Notifications> desktop, QObject *parent = nullptr);

    //! What became of a copy. Only the last one is shown.
    void tellOfCopy(const QString &session, const QString &sentence);
    //! A program wants something, and a window asks about it; until closeQuestion().
    void tellOfQuestion(const QString &session, const QString &sentence);
    void closeQuestion();
    void tellOfTray();
    //! For tests that have moved their clock.
    void look();

Q_SIGNALS:
    //! A person clicked the notice about that session; empty where it is about several or none.
    void opened(const QString &session);
    void actionRequested(const QString &session, latchkey::ui::Action action);
    //! There is no service for notices; \a session as in opened().
    void unseen(const QString &session, const latchkey::Notice &notice);

private:
    //! The sessions that one matter is about.
    struct Group {
        QStringList fresh;
        //! Told of in the notice that counts; none or at least two.
        QStringList counted;
        bool isOutdated = false;
    };
    void onDue(const QString &name, Matter matter);
    void onOver(const QString &name);
    void takeOut(const QString &name);
    void gather();
    void tellAll();
    void tell(Matter matter);
    void show(const QString &subject, const QString &session, Notice notice);
    void onPressed(const QString &subject, const QString &key);

    SessionModel &m_sessions;
    std::unique_ptr<Notifications> m_desktop;
    Attention m_attention;
    DeadlineQueue m_deadlines;
    Deadline m_gathered;
    std::map<Matter, Group> m_groups;
    //! What to tell of each session alone, as of the moment when it was due: by now it may be
    //! trying again.
    QHash<QString, Notice> m_words;
    //! The session of each subject.
    QHash<QString, QString> m_about;
};

} // namespace latchkey::ui
