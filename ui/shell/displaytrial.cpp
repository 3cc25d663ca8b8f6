// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/displaytrial.h"

#include <cstdio>
#include <cstdlib>

namespace latchkey::ui {

namespace {

//! For Qt's message handler, which is a plain function and so cannot know the object.
DisplayTrial *current = nullptr;

QByteArray displayTried()
{
    for (const char *name : {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"}) {
        if (const QByteArray value = qgetenv(name); !value.isEmpty())
            return QByteArray(name) + " is " + value;
    }
    return {};
}

} // namespace

QByteArray noDisplaySentence()
{
    const QByteArray tried = displayTried();
    const QByteArray cause = tried.isEmpty() ? QByteArray("There is no display for the windows")
                                             : "No window can be opened (" + tried + ')';
    return "latchkey: " + cause + ". Without a display, run latchkeyd.\n";
}

DisplayTrial::DisplayTrial()
    : m_previous(qInstallMessageHandler(onMessage))
{
    current = this;
}

DisplayTrial::~DisplayTrial()
{
    current = nullptr;
    qInstallMessageHandler(m_previous);
    for (const Message &message : m_heldBack) {
        const QMessageLogContext context(nullptr, 0, nullptr, message.category.constData());
        qt_message_output(message.type, context, message.text);
    }
}

//! Ends without exit(), whose handlers would meet an application that is half made.
void DisplayTrial::onMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (type == QtFatalMsg) {
        std::fputs(noDisplaySentence().constData(), stderr);
        std::_Exit(1);
    }
    current->m_heldBack.push_back({type, context.category, text});
}

} // namespace latchkey::ui
