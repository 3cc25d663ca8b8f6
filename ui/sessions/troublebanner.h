// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"
#include "widgets/tones.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace latchkey::ui {

class PlainLabel;

//! What is wrong with a session, on a tinted ground: why, since when, when it is tried again, and a
//! button to do so now. Hidden while nothing is wrong. Tells assistive tools of each new trouble.
class TroubleBanner final : public QWidget {
    Q_OBJECT
public:
    explicit TroubleBanner(QWidget *parent = nullptr);

    void setView(const SessionView &view);
    //! Where it is not the first thing to do, for which the panel has a button already.
    [[nodiscard]] static bool offersRetry(const SessionView &view);

Q_SIGNALS:
    void retryRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void drawIcon();
    [[nodiscard]] static QString troubleOf(const SessionView &view);
    [[nodiscard]] static bool isAlarm(const SessionSnapshot &session);
    //! While a certificate is in question.
    [[nodiscard]] static QString whatProgramsGet(const SessionSnapshot &session);
    void setLook(Mood::Value mood, Tone tone);

    QLabel *m_icon;
    PlainLabel *m_trouble;
    PlainLabel *m_times;
    QPushButton *m_retry;
    Mood::Value m_mood = Mood::SignedOut;
    Tone m_tone = Tone::Hint;
};

} // namespace latchkey::ui
