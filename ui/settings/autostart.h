// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/autostart.h"

#include <functional>

namespace latchkey::ui {

//! Whether Latchkey starts with the desktop session. Given from outside, as systems differ in it.
struct Autostart {
    std::function<bool()> isEnabled;
    //! False when that could not be changed.
    std::function<bool(bool)> setEnabled;
    std::function<AutostartObstacle()> obstacle = [] {
        return AutostartObstacle::None;
    };
};

} // namespace latchkey::ui
