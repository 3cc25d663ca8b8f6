// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSet>
#include <QWidget>

class QLabel;

namespace latchkey {
class Session;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

//! Counts the sessions that need a person, and leads from one to the next. Hidden while none does.
class NeedBanner final : public QWidget {
    Q_OBJECT
public:
    explicit NeedBanner(SessionModel &sessions, QWidget *parent = nullptr);

Q_SIGNALS:
    void nextRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void count(const latchkey::Session &session);
    void tell();

    QLabel *m_text;
    //! Their names.
    QSet<QString> m_inNeed;
};

} // namespace latchkey::ui
