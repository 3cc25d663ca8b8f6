// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/loglevelbox.h"

#include "base/messagelog.h"

#include <QWheelEvent>

namespace latchkey::ui {

LogLevelBox::LogLevelBox(MessageLog &log, QWidget *parent)
    : QComboBox(parent)
    , m_log(log)
{
    setAccessibleName(tr("Log"));
    addItem(tr("Off"), LogLevel::Off);
    addItem(tr("What happens"), LogLevel::Info);
    addItem(tr("Each step"), LogLevel::Debug);
    connect(this, &QComboBox::activated, this,
        [this] { m_log.setLevel(currentData().value<LogLevel::Value>()); });
}

void LogLevelBox::showEvent(QShowEvent *event)
{
    setCurrentIndex(findData(m_log.level()));
    QComboBox::showEvent(event);
}

//! Scrolling past it with the wheel must not change it.
void LogLevelBox::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace latchkey::ui
