// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include <QMenu>

namespace latchkey::ui {

//! The ways to copy a session's token, or a command that gets it.
class CopyMenu final : public QMenu {
    Q_OBJECT
public:
    explicit CopyMenu(QWidget *parent = nullptr);

Q_SIGNALS:
    void actionRequested(latchkey::ui::Action action);
};

} // namespace latchkey::ui
