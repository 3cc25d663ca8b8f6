// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace latchkey::test {

//! By its own name: what assistive tools find under the name of a combo box is what is chosen.
template<typename Widget> [[nodiscard]] Widget *named(const QWidget &window, const char *name)
{
    const QList<Widget *> widgets = window.findChildren<Widget *>();
    for (Widget *widget : widgets) {
        if (widget->accessibleName() == QString::fromUtf8(name))
            return widget;
    }
    return nullptr;
}

} // namespace latchkey::test
