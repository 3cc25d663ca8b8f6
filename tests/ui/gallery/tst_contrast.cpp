// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/contrast.h"

#include "ui/gallery/drawing.h"
#include "ui/gallery/windows.h"
#include "ui/uifixture.h"
#include "widgets/palettes.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QMenu>
#include <QSet>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr double leastOfText = 4.5;
constexpr double leastOfIcons = 3;
//! Styles draw their frames as pictures, too, but these are larger and oblong.
bool isIcon(const QRect &place)
{
    return place.width() <= 96 && std::abs(place.width() - place.height()) <= 2;
}

//! WCAG asks nothing of what cannot be used now.
bool isInUse(const QWidget &window, const QPoint &place)
{
    if (const auto *menu = qobject_cast<const QMenu *>(&window)) {
        const QAction *action = menu->actionAt(place);
        return action && action->isEnabled();
    }
    const QWidget *widget = window.childAt(place);
    return !widget || widget->isEnabled();
}

QStringList faintIn(QWidget &window)
{
    QStringList found;
    const auto note = [&](const QString &what, const QPoint &place, double ratio, double least) {
        if (ratio < least && isInUse(window, place))
            found.append(u"%1 at %2,%3: %4"_s.arg(what).arg(place.x()).arg(place.y()).arg(ratio));
    };
    const Drawing drawing = Drawing::of(window);
    if (window.isWindow() && drawing.texts.isEmpty())
        found.append(u"no text at all"_s);
    for (const auto &text : drawing.texts)
        note(text.words, text.place.center(), drawing.contrastOf(text), leastOfText);
    for (const auto &icon : drawing.icons) {
        if (isIcon(icon.place))
            note(u"icon"_s, icon.place.center(), drawing.contrastOf(icon), leastOfIcons);
    }
    return found;
}

//! With each of its first rows chosen in turn.
QStringList faintInViews(QWidget &window)
{
    constexpr int most = 8;
    QStringList found;
    for (QAbstractItemView *view : shownIn<QAbstractItemView>(window)) {
        view->setFocus();
        for (int row = 0; row < std::min(most, view->model()->rowCount()); ++row) {
            view->setCurrentIndex(view->model()->index(row, 0));
            settle();
            found.append(faintIn(*view));
        }
    }
    return found;
}

//! Many states of a window share their menus: each is looked at once.
bool isSeen(const QMenu &menu, QSet<QString> &seen)
{
    QString entries;
    for (const QAction *action : menu.actions())
        entries += action->text() + (action->isEnabled() ? u'+' : u'-');
    const bool isNew = !seen.contains(entries);
    seen.insert(entries);
    return !isNew;
}

//! With each of its entries chosen in turn.
QStringList faintInMenus(QWidget &window, QSet<QString> &seen)
{
    QStringList found;
    for (QMenu *menu : menusOf(window)) {
        if (isSeen(*menu, seen))
            continue;
        menu->popup({});
        for (QAction *action : menu->actions()) {
            menu->setActiveAction(action);
            settle();
            found.append(faintIn(*menu));
        }
        if (menu != &window)
            menu->hide();
    }
    return found;
}

} // namespace

class TestContrast final : public QObject {
    Q_OBJECT
public:
    //! In fine pictures, as lines of one pixel are paler than their colour.
    static void initMain() { qputenv("QT_SCALE_FACTOR", "2"); }

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void allCanBeRead_data();
    void allCanBeRead();
};

void TestContrast::allCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light, of the style") << readable(QApplication::palette());
    QTest::newRow("light, of our own") << lightPalette();
    QTest::newRow("dark, of our own") << darkPalette();
}

void TestContrast::allCanBeRead()
{
    QFETCH(const QPalette, palette);
    QApplication::setPalette(palette);
    QSet<QString> menus;
    QStringList found = findingsOf([&](QWidget &window) {
        return faintIn(window) + faintInViews(window) + faintInMenus(window, menus);
    });
    found.removeDuplicates();
    expectNone(found);
}

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
