// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include <QIcon>
#include <QString>

namespace latchkey::ui {

//! An icon of ours out of the resources, drawn from its SVG at whatever size is asked for. Does
//! without Qt's SVG icon plugin, which may not be installed.
[[nodiscard]] QIcon svgIcon(const QString &path);
//! `copy`, `refresh`, `sign-in` …
[[nodiscard]] QIcon actionIcon(const QString &name);
//! Tells the mood by its shape.
[[nodiscard]] QIcon moodIcon(Mood mood);
[[nodiscard]] QIcon applicationIcon();

} // namespace latchkey::ui
