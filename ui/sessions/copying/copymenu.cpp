// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/copymenu.h"

namespace latchkey::ui {

CopyMenu::CopyMenu(QWidget *parent)
    : QMenu(parent)
{
    const auto add = [this](const QString &text, Action action) {
        addAction(text, this, [this, action] { Q_EMIT actionRequested(action); });
    };
    add(tr("&Command for scripts"), Action::CopyCommand);
    addSeparator();
    add(tr("&Token"), Action::CopyToken);
    add(tr("As &header"), Action::CopyHeader);
    add(tr("As c&url"), Action::CopyCurl);
    add(tr("As &PowerShell"), Action::CopyPowerShell);
    add(tr("As .http &file"), Action::CopyHttpFile);
}

} // namespace latchkey::ui
