// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QIcon>
#include <QString>

#include <algorithm>

namespace latchkey::ui {

//! How a session looks at a glance, told by the shape of its icon and always by words beside it.
//! In the order in which the tray icon prefers them.
enum class Mood {
    SignedOut,
    Active,
    Busy,
    Attention, //!< a person is needed
};

//! The mood that the tray icon shows for all sessions together: the worst wins.
[[nodiscard]] inline Mood worst(Mood a, Mood b)
{
    return std::max(a, b);
}

//! An icon of ours out of the resources, drawn from its SVG at whatever size is asked for. Does
//! without Qt's SVG icon plugin, which may not be installed.
[[nodiscard]] QIcon svgIcon(const QString &path);
//! `copy`, `refresh`, `sign-in` …
[[nodiscard]] QIcon actionIcon(const QString &name);
[[nodiscard]] QIcon moodIcon(Mood mood);
[[nodiscard]] QIcon applicationIcon();

} // namespace latchkey::ui
