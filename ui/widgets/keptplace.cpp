// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/keptplace.h"

#include <QCoreApplication>
#include <QEvent>
#include <QScreen>
#include <QSettings>
#include <QStyle>
#include <QWidget>

namespace latchkey::ui {

KeptPlace::KeptPlace(QWidget *window, QSettings &settings, QString key, const QSize &firstSize)
    : QObject(window)
    , m_window(window)
    , m_settings(settings)
    , m_key(std::move(key))
{
    if (!window->restoreGeometry(settings.value(m_key).toByteArray()))
        window->resize(firstSize);
    const QSize frame(0, window->style()->pixelMetric(QStyle::PM_TitleBarHeight));
    window->resize(window->size().boundedTo(window->screen()->availableSize() - frame));
    window->installEventFilter(this);
    connect(qApp, &QCoreApplication::aboutToQuit, this, &KeptPlace::save);
}

bool KeptPlace::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide)
        save();
    return QObject::eventFilter(watched, event);
}

void KeptPlace::save()
{
    m_settings.setValue(m_key, m_window->saveGeometry());
}

} // namespace latchkey::ui
