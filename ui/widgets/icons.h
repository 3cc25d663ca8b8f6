// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QIcon>
#include <QString>

#include <algorithm>

namespace latchkey::ui {

//! How a session is, at a glance: told by the shape of its icon, and always by words beside it. The
//! tray icon shows the last of these that any session has.
enum class Mood {
    SignedOut,
    Active,
    Busy,
    Attention, //!< a person is needed
};

//! Of two moods the one that the tray icon shows.
[[nodiscard]] inline Mood worst(Mood a, Mood b)
{
    return std::max(a, b);
}

//! An icon of the resources, by its path there, drawn from its SVG at whatever size is asked for.
//! Does without Qt's plugin for SVG icons, which may not be installed.
[[nodiscard]] QIcon svgIcon(const QString &path);
//! `copy`, `refresh`, `sign-in` …
[[nodiscard]] QIcon actionIcon(const QString &name);
[[nodiscard]] QIcon moodIcon(Mood mood);
[[nodiscard]] QIcon applicationIcon();

} // namespace latchkey::ui
