// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "config/settingvalues.h"
#include "platform/colorscheme.h"

namespace latchkey::ui {

//! Gives all windows their style and palette, from its construction on. As long as a person leaves
//! it to the system, they turn light and dark with the desktop. A palette of the desktop's style is
//! kept where it fits.
class AppearanceFollower final : public QObject {
    Q_OBJECT
public:
    explicit AppearanceFollower(std::unique_ptr<ColorScheme> desktop, QObject *parent = nullptr);

    void applyAppearance(Appearance::Value wanted);

private:
    void apply();
    //! The desktop's where \a name is empty.
    void takeStyle(const QString &name);
    [[nodiscard]] bool wantsDark(bool isStyleDark) const;

    std::unique_ptr<ColorScheme> m_desktop;
    Appearance::Value m_wanted = Appearance::System;
    QString m_style;
};

} // namespace latchkey::ui
