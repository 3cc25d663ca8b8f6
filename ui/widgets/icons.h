// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/words/mood.h"

#include <QColor>
#include <QIcon>
#include <QString>

namespace latchkey::ui {

//! An icon of the resources, by its path there, drawn from its SVG at whatever size is asked for.
//! Does without Qt's plugin for SVG icons, which may not be installed.
[[nodiscard]] QIcon svgIcon(const QString &path);
//! `copy`, `refresh`, `sign-in` …; null where \a name is empty.
[[nodiscard]] QIcon actionIcon(const QString &name);
//! Each mood has a shape of its own, which says the same in one colour: in \a tint where that is
//! given, as on a selection.
[[nodiscard]] QIcon moodIcon(Mood::Value mood, const QColor &tint = {});
//! The same two for a menu: they take the colour of the words of the entry that is chosen.
[[nodiscard]] QIcon menuIcon(const QString &name);
[[nodiscard]] QIcon menuIcon(Mood::Value mood);
//! Latchkey's key with the mood's shape in its corner; all in \a tint where that is given.
[[nodiscard]] QIcon trayIcon(Mood::Value mood, const QColor &tint = {});
[[nodiscard]] QIcon applicationIcon();

} // namespace latchkey::ui
