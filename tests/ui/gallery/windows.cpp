// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/gallery/windows.h"

#include "ui/gallery.h"
#include "widgets/menubutton.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace latchkey::test {

QStringList findingsOf(const Search &search)
{
    constexpr int fewest = 40; // else the gallery has lost some
    int windows = 0;
    QStringList findings;
    Gallery([&](QWidget &window, const QString &name) {
        ++windows;
        const QStringList found = search(window);
        for (const QString &what : found)
            findings.append(name + ": "_L1 + what);
    }).drawAll();
    if (windows < fewest)
        findings.append(u"no more than %1 windows"_s.arg(windows));
    return findings;
}

void expectNone(const QStringList &findings)
{
    for (const QString &finding : findings)
        qInfo().noquote() << finding;
    QVERIFY2(findings.isEmpty(), qPrintable(u"%1 are told above"_s.arg(findings.size())));
}

QList<QMenu *> menusOf(QWidget &window)
{
    QList<QMenu *> menus = window.findChildren<QMenu *>();
    if (auto *menu = qobject_cast<QMenu *>(&window))
        menus.append(menu);
    for (const auto *button : window.findChildren<ui::MenuButton *>()) {
        if (button->popup() && !menus.contains(button->popup()))
            menus.append(button->popup());
    }
    for (qsizetype i = 0; i < menus.size(); ++i) {
        for (const QAction *action : menus[i]->actions()) {
            if (action->menu() && !menus.contains(action->menu()))
                menus.append(action->menu());
        }
    }
    return menus;
}

QString described(const QWidget &widget)
{
    QString words = accessible(&widget, QAccessible::Name);
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        words = label->text();
    else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        words = button->text();
    return u"%1 \"%2\""_s.arg(QLatin1StringView(widget.metaObject()->className()), words);
}

void settle()
{
    for (int round = 0; round < 10; ++round)
        QCoreApplication::processEvents();
}

} // namespace latchkey::test
