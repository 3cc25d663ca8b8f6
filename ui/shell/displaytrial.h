// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QMessageLogContext>
#include <QString>

#include <vector>

namespace latchkey::ui {

//! Lives while QApplication is made, one at a time. Without a display Qt aborts then and speaks of
//! reinstalling the program; with this it is one sentence that names latchkeyd, and an end with 1.
//! Only Qt itself knows which displays it will try, and whether they let it in. Whatever else is
//! logged meanwhile is held back until the display has let us in.
class DisplayTrial {
public:
    DisplayTrial();
    ~DisplayTrial();
    Q_DISABLE_COPY_MOVE(DisplayTrial)

private:
    struct Message {
        QtMsgType type;
        QByteArray category;
        QString text;
    };
    static void onMessage(QtMsgType type, const QMessageLogContext &context, const QString &text);

    std::vector<Message> m_heldBack;
    QtMessageHandler m_previous;
};

//! Why there are no windows, by the environment that Qt goes by.
[[nodiscard]] QByteArray noDisplaySentence();

} // namespace latchkey::ui
