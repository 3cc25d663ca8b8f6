// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/mood.h"

#include <QColor>

class QPalette;
class QWidget;

namespace latchkey::ui {

//! What a colour stands for. A sign or a word always says the same.
enum class Tone { Hint, Need, Warning, Danger };

//! Of what is told about a session in that mood.
[[nodiscard]] Tone toneOf(latchkey::Mood::Value mood);

//! For strokes and signs: at least 3:1 against a window or a list, whether light or dark.
[[nodiscard]] QColor toneColor(Tone tone, const QPalette &palette);
//! The same tone as a ground for the palette's text, which stays as readable on it.
[[nodiscard]] QColor toneGround(Tone tone, const QPalette &palette);
//! A banner: such a ground with round corners, and a stripe of the full colour where one begins to
//! read.
void paintBanner(QWidget &banner, Tone tone);

} // namespace latchkey::ui
