// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "config/settingvalues.h"

#include <QPalette>
#include <QString>

namespace latchkey::ui {

//! Makes all windows light or dark, or leaves them as the desktop has them.
class Look {
public:
    Look();

    void apply(Appearance::Value appearance);
    [[nodiscard]] static QPalette dark();
    [[nodiscard]] static QPalette light();

private:
    //! The name of the style that the desktop wants.
    QString m_system;
    Appearance::Value m_now = Appearance::System;
};

} // namespace latchkey::ui
