// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/ledger.h"

#include <QCoreApplication>

namespace latchkey::ui {

//! A hand-out in words. Pure, as SessionView is.
struct HandOutView {
    Q_DECLARE_TR_FUNCTIONS(HandOutView)
public:
    QString when;
    QString session;
    QString program;
    QString terminal;
    QString answer;
    //! Several lines: the program's file, who started it. See ProgramView::details().
    QString details;

    [[nodiscard]] static HandOutView of(const HandOut &handOut, WallTime now);

private:
    [[nodiscard]] static QString outcomeOf(const HandOut &handOut);
    [[nodiscard]] static QString answerWords(HandOut::Answer answer);
};

} // namespace latchkey::ui
