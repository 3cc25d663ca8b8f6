// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/typingguard.h"

#include <QCoreApplication>
#include <QEvent>
#include <QWidget>
#include <QWindow>

namespace latchkey::ui {

TypingGuard::TypingGuard(QWidget *window)
    : QObject(window)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, &QObject::deleteLater);
    m_quiet.start();
    QCoreApplication::instance()->installEventFilter(this);
}

bool TypingGuard::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::InputMethod:
        if (!isOfWindow(object))
            return false;
        event->accept(); // or it would be tried as a shortcut
        m_quiet.start();
        return true;
    case QEvent::MouseButtonPress:
        if (isOfWindow(object))
            deleteLater();
        return false;
    default:
        return false;
    }
}

bool TypingGuard::isOfWindow(const QObject *object) const
{
    const auto *window = qobject_cast<QWidget *>(parent());
    if (const auto *widget = qobject_cast<const QWidget *>(object))
        return widget->window() == window;
    return object == window->windowHandle();
}

} // namespace latchkey::ui
