// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>

class QPalette;

namespace latchkey::ui {

//! What a colour stands for. A sign or a word always says the same.
enum class Tone { Hint, Warning, Danger };

//! For strokes and signs: at least 3:1 against a window or a list, whether light or dark.
[[nodiscard]] QColor toneColor(Tone tone, const QPalette &palette);
//! The same tone as a ground for the palette's text, which stays as readable on it.
[[nodiscard]] QColor toneGround(Tone tone, const QPalette &palette);

} // namespace latchkey::ui
