// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

class QWidget;

namespace latchkey {
class SessionModel;
}

namespace latchkey::ui {

// Asked before a session ends by a person's hand, as scripts that use it will break. Each returns
// at once; what was asked about may be gone before the answer comes.

void askToSignOut(SessionModel &sessions, const QString &name, QWidget *window);
//! Signs out and forgets the account.
void askToRemove(SessionModel &sessions, const QString &name, QWidget *window);

} // namespace latchkey::ui
