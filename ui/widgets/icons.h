// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/mood.h"

#include <QColor>
#include <QIcon>
#include <QString>

namespace latchkey::ui {

// All are drawn from SVGs of the resources, at whatever size is asked for, without Qt's plugin for
// SVG icons, which may not be installed.

//! For menus: `copy`, `refresh`, `sign-in` …, in the colours of the palette, whichever that is at
//! the moment when it is drawn; null where \a name is empty. Arrows go the way that one reads.
[[nodiscard]] QIcon actionIcon(const QString &name);
//! The same for buttons, whose ground does not change when they have the keyboard.
[[nodiscard]] QIcon buttonIcon(const QString &name);
//! Before the title of what unfolds. That of what is folded points the way that one reads: the
//! arrows of styles stand on the wrong side where that is from the right.
[[nodiscard]] QIcon foldIcon(bool isOpen, Qt::LayoutDirection direction);
//! Each mood has a shape of its own, which says the same in one colour, as on a selection: in
//! \a tint where that is given.
[[nodiscard]] QIcon moodIcon(Mood::Value mood, const QColor &tint = {});
//! Latchkey's key with the mood's shape in its corner; all in \a tint where that is given.
[[nodiscard]] QIcon trayIcon(Mood::Value mood, const QColor &tint = {});
//! Beside a sentence: `information`, `warning`, `proven`; all in \a tint.
[[nodiscard]] QIcon signIcon(const QString &name, const QColor &tint);
[[nodiscard]] QIcon applicationIcon();

} // namespace latchkey::ui
