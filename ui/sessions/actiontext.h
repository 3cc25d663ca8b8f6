// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

namespace latchkey::ui {

//! On a button or in a menu, without a mnemonic.
[[nodiscard]] QString textOf(Action action);

//! What a person has to do for a session to work again; nothing where it works, or goes on by
//! itself.
[[nodiscard]] std::optional<Action> neededFor(const SessionView &session);

} // namespace latchkey::ui
