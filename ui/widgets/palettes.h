// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPalette>

class QStyleOptionViewItem;

namespace latchkey::ui {

[[nodiscard]] bool isDark(const QPalette &palette);

//! Light on dark, and dark on light, for where the style has no such palette. All texts have 4.5:1
//! against their ground, also hints in empty fields, and what is switched off: what the
//! administrator has set is still there to be read.
[[nodiscard]] QPalette darkPalette();
[[nodiscard]] QPalette lightPalette();

//! The same with 4.5:1 where styles have less: for links, for hints in empty fields, and for the
//! text of a selection, which gets a darker ground.
[[nodiscard]] QPalette readable(QPalette palette);

//! Of a row that a delegate draws, chosen or not, in a window that has the keyboard or has it not.
[[nodiscard]] QColor textColor(const QStyleOptionViewItem &row);
//! For what matters less; still easy to read.
[[nodiscard]] QColor fainter(QColor color);

} // namespace latchkey::ui
