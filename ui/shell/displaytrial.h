// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QMessageLogContext>
#include <QString>

#include <vector>

namespace latchkey::ui {

//! Lives while QApplication is made; there is one at a time. Without a display, Qt would abort and
//! suggest to reinstall the program. This prints one sentence instead, which names latchkeyd, and
//! ends the program with 1. It does not look for a display by itself, as only Qt knows which ones
//! it will try and whether they let it in. Other messages are held back until this is destroyed.
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

//! Says why there are no windows, by the environment variables in which Qt looks for a display.
[[nodiscard]] QByteArray noDisplaySentence();

} // namespace latchkey::ui
