// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace latchkey::ui {

//! What others have named, such as files: every character that would not be seen, or would change
//! how its neighbours are read, becomes its number, `\u202e`.
[[nodiscard]] QString escaped(const QString &text);

//! Cut in the middle where it is longer than \a most characters.
[[nodiscard]] QString shortened(const QString &text, qsizetype most);

//! Lines may also end within long words.
[[nodiscard]] QString wrappable(const QString &text);

//! A tool tip that takes nothing for mark-up and is not wider than the screen.
[[nodiscard]] QString plainToolTip(const QString &text);

} // namespace latchkey::ui
