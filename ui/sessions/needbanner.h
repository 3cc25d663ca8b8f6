// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/mood.h"

#include <QMap>
#include <QWidget>

class QLabel;

namespace latchkey {
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

//! Counts the sessions that need a person and those that cannot renew, says what is wrong, the
//! worst first, and leads from one to the next. Hidden while there are none.
class NeedBanner final : public QWidget {
    Q_OBJECT
public:
    explicit NeedBanner(SessionModel &sessions, QWidget *parent = nullptr);

Q_SIGNALS:
    void nextRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void drawIcon();
    void count(const latchkey::Session &session);
    void tell();
    void setMood(latchkey::Mood::Value mood);

    QLabel *m_icon;
    QLabel *m_text;
    struct Trouble {
        //! Somebody may be listening in.
        bool isAlarm;
        latchkey::Mood::Value mood;
        QString headline;
    };
    //! By their names.
    QMap<QString, Trouble> m_inTrouble;
    //! For which the banner has its sign and its colour.
    latchkey::Mood::Value m_mood = latchkey::Mood::SignedOut;
};

} // namespace latchkey::ui
