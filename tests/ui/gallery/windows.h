// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QTabBar>
#include <QWidget>

#include <functional>

class QMenu;

namespace latchkey::test {

//! What a test finds in a window, such as texts that are cut.
using Search = std::function<QStringList(QWidget &window)>;

//! All that \a search finds in any window of the gallery, each with the window's name before it.
[[nodiscard]] QStringList findingsOf(const Search &search);

//! Fails the test, and tells of each, where there are any.
void expectNone(const QStringList &findings);

//! Of one class, as far as they are shown; without the parts that Qt's widgets are made
//! of, except for the tabs of pages.
template<typename Widget = QWidget> [[nodiscard]] QList<Widget *> shownIn(const QWidget &window)
{
    QList<Widget *> widgets = window.findChildren<Widget *>();
    widgets.removeIf([&](const Widget *widget) {
        return !widget->isVisibleTo(&window) || widget->isWindow()
            || (widget->objectName().startsWith(QStringLiteral("qt_"))
                && !qobject_cast<const QTabBar *>(widget));
    });
    return widgets;
}

//! Those that the window opens, with their submenus, and the window itself where it is one.
[[nodiscard]] QList<QMenu *> menusOf(QWidget &window);

//! For findings: its class, and what it says.
[[nodiscard]] QString described(const QWidget &widget);

//! Until nothing is left to be done at once.
void settle();

} // namespace latchkey::test
