// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

class QWidget;

namespace latchkey::test {

//! All that a window and its menus were given to say, to eyes, to a mouse that rests on something,
//! and to assistive tools.
[[nodiscard]] QStringList textsOf(QWidget &window);

//! The same, and what is drawn; without mark-up, and each once.
[[nodiscard]] QStringList wordsIn(QWidget &window);

} // namespace latchkey::test
