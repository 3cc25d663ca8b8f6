// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/mood.h"

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

namespace latchkey::ui {

//! Which roles of the palette an icon is drawn in; it keeps its own colours where there is none.
struct Ink {
    QPalette::ColorRole usual = QPalette::NoRole;
    //! On a selection: of a chosen row, or of the entry of a menu that the keyboard or mouse is on.
    QPalette::ColorRole chosen = QPalette::NoRole;
};

//! An icon of the resources, by its path there, drawn from its SVG at whatever size is asked for.
//! Does without Qt's plugin for SVG icons, which may not be installed.
[[nodiscard]] QIcon svgIcon(const QString &path);
//! The same in the colours of the palette, whichever that is at the moment when it is drawn.
[[nodiscard]] QIcon tintedIcon(const QString &path, Ink ink);
//! For menus: `copy`, `refresh`, `sign-in` …; null where \a name is empty.
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
