// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/loglevelbox.h"

#include "base/messagelog.h"

namespace latchkey::ui {

LogLevelBox::LogLevelBox(MessageLog &log, QWidget *parent)
    : ChoiceBox(tr("Log"),
          {{tr("Off"), LogLevel::Off}, {tr("What happens"), LogLevel::Info},
              {tr("Each step"), LogLevel::Debug}},
          parent)
    , m_log(log)
{
    connect(this, &ChoiceBox::chosen, this,
        [this](const QVariant &level) { m_log.setLevel(level.value<LogLevel::Value>()); });
}

void LogLevelBox::showEvent(QShowEvent *event)
{
    choose(m_log.level());
    ChoiceBox::showEvent(event);
}

} // namespace latchkey::ui
