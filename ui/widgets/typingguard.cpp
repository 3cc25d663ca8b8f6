// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/typingguard.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>
#include <QWindow>

#include <algorithm>

namespace latchkey::ui {

namespace {

//! Of a widget or, as keys come to it first, of what shows it on the screen.
const QWidget *windowOf(const QObject *object)
{
    if (const auto *widget = qobject_cast<const QWidget *>(object))
        return widget->window();
    const QWidgetList all = QApplication::topLevelWidgets();
    const auto shown = std::ranges::find(
        all, object, [](const QWidget *window) { return window->windowHandle(); });
    return shown == all.end() ? nullptr : *shown;
}

} // namespace

TypingGuard::TypingGuard(QWidget *window)
    : QObject(window)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        // Keys that were typed while the program was busy are still to come.
        const bool isLate = m_waiting.hasExpired(2 * quiet.count());
        isLate ? wait() : deleteLater();
    });
    wait();
    QCoreApplication::instance()->installEventFilter(this);
}

void TypingGuard::wait()
{
    m_waiting.start();
    m_quiet.start();
}

bool TypingGuard::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::WindowActivate: // which may take a while after it was raised
        if (isOfWindow(object))
            wait();
        return false;
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::InputMethod:
        if (!isOfWindow(object))
            return false;
        event->accept(); // or it would be tried as a shortcut
        wait();
        return true;
    case QEvent::MouseButtonPress:
        if (isOfWindow(object))
            deleteLater();
        return false;
    default:
        return false;
    }
}

//! Also of a dialog above it, which comes up with it.
bool TypingGuard::isOfWindow(const QObject *object) const
{
    const QWidget *window = windowOf(object);
    while (window && window != parent())
        window = window->parentWidget() ? window->parentWidget()->window() : nullptr;
    return window;
}

} // namespace latchkey::ui
