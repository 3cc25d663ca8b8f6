// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

class QWidget;

namespace latchkey::test {

//! All that a window and its menus say, to eyes, to a mouse that rests on something, and to
//! assistive tools; without mark-up.
[[nodiscard]] QStringList wordsIn(QWidget &window);

} // namespace latchkey::test
