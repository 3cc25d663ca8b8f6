// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

namespace latchkey::ui {

//! On a button, with a key of its own among those of the panel: "&Enter code".
[[nodiscard]] QString buttonText(Action action);
//! In a menu, with the same key; an ellipsis where a question follows: "&Enter code…".
[[nodiscard]] QString menuText(Action action);
//! The latter without a key, for notices and trays.
[[nodiscard]] QString textOf(Action action);
//! For actionIcon() and buttonIcon(); empty where there is none.
[[nodiscard]] QString pictureOf(Action action);

//! What a person has to do for a session to work again; nothing where it works, or goes on by
//! itself.
[[nodiscard]] std::optional<Action> neededFor(const SessionView &session);

} // namespace latchkey::ui
